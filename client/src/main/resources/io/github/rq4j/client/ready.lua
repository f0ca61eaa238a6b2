-- Enqueues a job that the ready registry holds, as the clean-up of RQ 3.0, in one step. Joined
-- behind job.lua.
--
-- ARGV[4] the registry's key
--
-- Reply: 1 if the job was enqueued.

if redis.call('ZREM', ARGV[4], job_id) == 0 then
  return 0
end
local job = redis.call('HMGET', job_key, 'data', 'status', 'origin')
if not job[1] or job[2] ~= 'ready_to_enqueue' then
  return 0
end
enqueue_job(job_id, job[3] or '', nil)
return 1
