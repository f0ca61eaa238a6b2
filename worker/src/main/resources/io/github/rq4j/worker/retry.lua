-- Sends a job that failed but has retries left back to its queue, or to the scheduled registry, as
-- one step.
--
-- Mirrors Job.retry of RQ 3.0: no result entry, the attempt counts as failed for the worker.
--
-- ARGV[10] retries that are left after this one
-- ARGV[11] when to run again in whole Unix seconds, 0 for at once
-- ARGV[12] '1' to go to the front of the queue
--
-- Reply: 1, or 0 where the job was no longer this execution's and nothing was stored.

local due = tonumber(ARGV[11])

if not end_execution('failed_job_count') then
  return 0
end
drop_void_fields()
redis.call('HSET', job_key, 'retries_left', ARGV[10], 'ended_at', now_text,
  'last_heartbeat', now_text)
redis.call('SADD', 'rq:queues', 'rq:queue:' .. origin)
if due > 0 then
  redis.call('HSET', job_key, 'status', 'scheduled')
  redis.call('ZADD', 'rq:scheduled:' .. origin, due, job_id)
else
  redis.call('HSET', job_key, 'status', 'queued', 'enqueued_at', now_text)
  redis.call(ARGV[12] == '1' and 'LPUSH' or 'RPUSH', 'rq:queue:' .. origin, job_id)
end
return 1
