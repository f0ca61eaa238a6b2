-- Sends a job that failed but has retries left back to its queue, or to the scheduled registry, as
-- one step.
--
-- Mirrors Job.retry of RQ 3.0: no result entry, the attempt counts as failed for the worker.
--
-- ARGV[10] retries that are left after this one
-- ARGV[11] when to run again in whole Unix seconds, 0 for at once
-- ARGV[12] '1' to go to the front of the queue
-- ARGV[13] for how many seconds the job may wait, 0 for as long as need be
-- ARGV[14..] see follow_up.lua
--
-- Reply: see end_execution.

return end_execution('failed_job_count', nil, function()
  drop_void_fields()
  redis.call('HSET', job_key, 'retries_left', ARGV[10], 'ended_at', now_text,
    'last_heartbeat', now_text)
  run_again(tonumber(ARGV[11]), ARGV[12] == '1', tonumber(ARGV[13]))
  follow_up(14)
end)
