-- Stores that a job was stopped on request, as one step.
--
-- Mirrors what RQ 3.0 does for a stopped job: a failure with a status of its own, which is never
-- retried and releases no dependents, not even those that allow failures. Unlike RQ, 'ended_at' and
-- the end of the execution are stored, and the time counts as working time.
--
-- ARGV[10] failure ttl in seconds: 0 deletes the job, negative keeps it for ever
-- ARGV[11] RQ's text for a stopped job, compressed
-- ARGV[12] the same in base64
-- ARGV[13], ARGV[14] when the execution started and ended, in Unix seconds with fraction
-- ARGV[15..] see follow_up.lua
--
-- Reply: see end_execution.

local ttl = tonumber(ARGV[10])

local function store()
  redis.call('HSET', job_key, 'status', 'stopped', 'ended_at', now_text,
    'last_heartbeat', now_text, 'exc_info', ARGV[11])
  drop_void_fields()
  add_result('2', ttl, {'exc_string', ARGV[12], 'execution_started_at', ARGV[13],
    'execution_ended_at', ARGV[14]})
  -- RQ scores a failure without end as -1, never as +inf.
  redis.call('ZADD', 'rq:failed:' .. origin, ttl > 0 and now + ttl or -1, job_id)
  expire_relations(ttl, true)
end

return end_execution('failed_job_count', ttl, function()
  if ttl == 0 then
    delete_job(job_id)
  else
    store()
  end
  follow_up(15)
end)
