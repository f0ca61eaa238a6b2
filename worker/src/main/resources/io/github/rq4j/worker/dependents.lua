-- Releases the jobs that waited for this one. Joined behind enqueue.lua and what defines
-- job_id, job_key, now and now_text: execution.lua or takeover.lua.
--
-- Mirrors RQ 2.x, which enqueues them in the same transaction, a job under a rate limit (RQ 3.0)
-- through its limiter.

-- Whether all that the child waits for, apart from this job, is done.
local function others_are_met(child_id, allow_failures)
  for _, id in ipairs(redis.call('SMEMBERS', 'rq:job::' .. child_id .. ':dependencies')) do
    if id ~= job_id then
      local status = redis.call('HGET', 'rq:job:' .. id, 'status')
      if status and status ~= 'finished' and not (allow_failures and status == 'failed') then
        return false
      end
    end
  end
  return true
end

-- Returns how many go on waiting. A key of another type stands for none.
local function release_dependents(failed)
  local dependents_key = job_key .. ':dependents'
  local children = redis.pcall('SMEMBERS', dependents_key)
  if children.err then
    return 0
  end
  local waiting = #children
  for _, child_id in ipairs(children) do
    local child_key = 'rq:job:' .. child_id
    local child = redis.call('HMGET', child_key, 'status', 'origin', 'allow_dependency_failures')
    local allow_failures = child[3] == '1'
    local waits = redis.call('HEXISTS', child_key, 'data') == 1 and child[2]
      and child[1] ~= 'canceled'
    if waits and (not failed or allow_failures) and others_are_met(child_id, allow_failures) then
      redis.call('ZREM', 'rq:deferred:' .. child[2], child_id)
      enqueue_job(child_id, child[2], now, now_text)
      redis.call('SREM', dependents_key, child_id)
      waiting = waiting - 1
    end
  end
  return waiting
end
