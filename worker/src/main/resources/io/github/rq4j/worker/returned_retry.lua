-- Sends a job whose function returned a Retry back to its queue, or to the scheduled registry, as
-- one step.
--
-- Mirrors what RQ 3.0 does for a returned Retry: a result entry of its own type, and the attempt
-- counts as failed for the worker. Unlike RQ, the result stream has an end where the job names no
-- failure ttl.
--
-- ARGV[10] failure ttl in seconds: 0 keeps no entry, negative keeps it for ever
-- ARGV[11] the Retry, serialized
-- ARGV[12] the same in base64
-- ARGV[13], ARGV[14] when the execution started and ended, in Unix seconds with fraction
-- ARGV[15] how many runs the function has asked for by now
-- ARGV[16] when to run again in whole Unix seconds, 0 for at once
-- ARGV[17] '1' to go to the front of the queue
-- ARGV[18] for how many seconds the job may wait, 0 for as long as need be
-- ARGV[19..] see follow_up.lua
--
-- Reply: see end_execution.

local ttl = tonumber(ARGV[10])

return end_execution('failed_job_count', nil, function()
  drop_void_fields()
  redis.call('HSET', job_key, 'number_of_retries', ARGV[15], 'result', ARGV[11],
    'ended_at', now_text, 'last_heartbeat', now_text)
  if ARGV[17] == '1' then
    redis.call('HSET', job_key, 'enqueue_at_front_on_retry', '1')
  end
  if ttl ~= 0 then
    add_result('4', ttl, {'return_value', ARGV[12], 'execution_started_at', ARGV[13],
      'execution_ended_at', ARGV[14]})
  end
  run_again(tonumber(ARGV[16]), ARGV[17] == '1', tonumber(ARGV[18]))
  follow_up(19)
end)
