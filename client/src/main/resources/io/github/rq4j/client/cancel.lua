-- Cancels a job, as RQ 3.0's Job.cancel, in one step. Joined behind job.lua.
--
-- ARGV[4] 1: enqueue the jobs that wait for this one alone
-- ARGV[5] 1: take the job out of what the jobs it depends on know of it
--
-- Reply: 'canceled', 'already', or 'missing'.

local job = redis.call('HMGET', job_key, 'data', 'status', 'origin', 'rate_limit_key')
if not job[1] then
  return 'missing'
end
if job[2] == 'canceled' then
  return 'already'
end
local queue = job[3] or ''
if ARGV[4] == '1' then
  release_dependents(job_id, false, now, now_text)
end
if ARGV[5] == '1' then
  for _, id in ipairs(redis.call('SMEMBERS', 'rq:job::' .. job_id .. ':dependencies')) do
    redis.call('SREM', 'rq:job:' .. id .. ':dependents', job_id)
  end
end
remove_from_registries(job_id, queue, job[2])
redis.call('HSET', job_key, 'status', 'canceled')
redis.call('ZADD', 'rq:canceled:' .. queue, now, job_id)
if present(job[4]) then
  leave_limit(job_id, job[4])
end
return 'canceled'
