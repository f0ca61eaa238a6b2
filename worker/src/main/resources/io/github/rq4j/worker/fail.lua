-- Stores the failure of a job, and everything that follows from it, as one step.
--
-- Mirrors the failure path of RQ 3.0, and adds the hash field 'exc_info' that clients of RQ before
-- 1.12 read. Unlike RQ, the result stream ends with the job, also where no failure ttl was given.
--
-- ARGV[10] failure ttl in seconds: 0 deletes the job, negative keeps it for ever; empty stores the
--          status alone, as with RQ's default exception handler disabled
-- ARGV[11] the traceback, compressed; empty where the function returned a Retry too often
-- ARGV[12] the same, or then the Retry, in base64
-- ARGV[13], ARGV[14] when the execution started and ended, in Unix seconds with fraction
-- ARGV[15] '1' to file it as RQ before 1.0 does: in the queue 'failed' of all queues
-- ARGV[16..] see follow_up.lua
--
-- Reply: see end_execution.

local ttl = tonumber(ARGV[10])

local function store_failure()
  drop_void_fields()
  local times = {'execution_started_at', ARGV[13], 'execution_ended_at', ARGV[14]}
  if ARGV[11] ~= '' then
    redis.call('HSET', job_key, 'status', 'failed', 'ended_at', now_text,
      'last_heartbeat', now_text, 'exc_info', ARGV[11])
    add_result('2', ttl, {'exc_string', ARGV[12], unpack(times)})
  else
    redis.call('HSET', job_key, 'status', 'failed', 'ended_at', now_text,
      'last_heartbeat', now_text)
    add_result('5', ttl, {'return_value', ARGV[12], unpack(times)})
  end
  -- RQ scores a failure without end as -1, never as +inf.
  if ARGV[15] == '1' then
    push(job_id, 'failed')
  else
    redis.call('ZADD', 'rq:failed:' .. origin, ttl > 0 and now + ttl or -1, job_id)
  end
end

return end_execution('failed_job_count', ttl, function()
  if ttl and ttl ~= 0 then
    store_failure()
  else
    redis.call('HSET', job_key, 'status', 'failed')
  end
  local waiting, trouble = release_dependents(job_id, true, now, now_text)
  if ttl == 0 then
    delete_job(job_id)
  elseif ttl then
    expire_relations(ttl, waiting > 0)
  end
  follow_up(16)
  return trouble
end)
