-- Stores the result of a job that returned, and everything that follows from it, as one step.
--
-- Mirrors the success path of RQ 3.0, and adds the hash field 'result' that clients of RQ before
-- 1.12 read.
--
-- ARGV[10] result ttl in seconds: 0 deletes the job, negative keeps it for ever
-- ARGV[11] '1' where the function returned something else than None
-- ARGV[12] the serialized value
-- ARGV[13] the same in base64
-- ARGV[14], ARGV[15] when the execution started and ended, in Unix seconds with fraction
--
-- Reply: 1, or 0 where the job was no longer this execution's and nothing was stored.

local ttl = tonumber(ARGV[10])
local has_value = ARGV[11] == '1'

if not end_execution('successful_job_count') then
  return 0
end
release_dependents(false)
if ttl == 0 then
  delete_job()
  return 1
end
drop_void_fields()
local times = {'execution_started_at', ARGV[14], 'execution_ended_at', ARGV[15]}
if has_value then
  redis.call('HSET', job_key, 'status', 'finished', 'ended_at', now_text,
    'last_heartbeat', now_text, 'result', ARGV[12])
  add_result('1', ttl, {'return_value', ARGV[13], unpack(times)})
else
  redis.call('HSET', job_key, 'status', 'finished', 'ended_at', now_text,
    'last_heartbeat', now_text)
  add_result('1', ttl, times)
end
redis.call('ZADD', 'rq:finished:' .. origin, ttl > 0 and now + ttl or '+inf', job_id)
expire_job(ttl)
return 1
