-- Puts a job from a registry, usually that of failed jobs, back into its queue, as RQ 3.0's
-- requeue, in one step. Joined behind job.lua.
--
-- ARGV[4] prefix of the registry's key: 'rq:failed:' and the like
-- ARGV[5] name of the registry's queue; empty for the job's own
-- ARGV[6] 1: at the front
-- ARGV[7] what RQ stores for an empty traceback
--
-- Reply: 'requeued', 'absent' from the registry, or 'missing'.

local job = redis.call('HMGET', job_key, 'data', 'origin', 'ttl')
if not job[1] then
  return 'missing'
end
local queue = job[2] or ''
local registry = ARGV[4] .. (ARGV[5] == '' and queue or ARGV[5])
if redis.call('ZREM', registry, job_id) == 1 then
  redis.call('HSET', job_key, 'exc_info', ARGV[7])
elseif ARGV[4] == 'rq:failed:' and redis.call('LREM', 'rq:queue:failed', 1, job_id) == 1 then
  -- RQ before 1.0 keeps failed jobs in a queue, and before 0.10 reads no compressed text.
  redis.call('HDEL', job_key, 'exc_info')
else
  return 'absent'
end
-- RQ before 1.4 stops at an empty moment; absent ones read alike in all releases.
redis.call('HDEL', job_key, 'started_at', 'ended_at')
-- What was kept as a failure would expire while it waits.
if not present(job[3]) then
  redis.call('PERSIST', job_key)
end
enqueue_job(job_id, queue, now, now_text, ARGV[6] == '1')
return 'requeued'
