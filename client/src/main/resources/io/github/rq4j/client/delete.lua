-- Deletes a job and all that belongs to it, as RQ 3.0's Job.delete, in one step. Joined behind
-- job.lua.
--
-- ARGV[4] 1: delete the jobs that wait for this one as well
--
-- Reply: whether there was such a job.

local function delete_executions(id, queue)
  for _, execution in ipairs(redis.call('ZRANGE', 'rq:executions:' .. id, 0, -1)) do
    local member = id .. ':' .. execution
    local worker = redis.call('HGET', 'rq:execution:' .. member, 'worker_name')
    redis.call('DEL', 'rq:execution:' .. member)
    redis.call('ZREM', 'rq:wip:' .. queue, member)
    if present(worker) then
      redis.call('SREM', 'rq:worker:' .. worker .. ':executions', member)
    end
  end
  redis.call('DEL', 'rq:executions:' .. id)
end

local function delete_job(id)
  local job = redis.call('HMGET', 'rq:job:' .. id, 'status', 'origin', 'group_id', 'rate_limit_key')
  local queue = job[2] or ''
  remove_from_registries(id, queue, job[1])
  -- The place of a running job under its rate limit ends with its execution.
  if not present(job[4]) then
    delete_executions(id, queue)
  end
  return erase(id, job[3], job[4])
end

if ARGV[4] == '1' then
  for _, id in ipairs(redis.call('SMEMBERS', job_key .. ':dependents')) do
    delete_job(id)
  end
end
return delete_job(job_id)
