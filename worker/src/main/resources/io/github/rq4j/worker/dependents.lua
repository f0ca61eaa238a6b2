-- Releases the jobs that waited for another one. Joined behind enqueue.lua.
--
-- Mirrors RQ 2.x, which enqueues them in the same transaction, a job under a rate limit (RQ 3.0)
-- through its limiter.

-- Whether all that the child waits for, apart from the one job, is done.
local function others_are_met(job_id, child_id, allow_failures)
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

local function release(job_id, failed, child_id, now, now_text)
  local key = 'rq:job:' .. child_id
  local child = redis.call('HMGET', key, 'status', 'origin', 'allow_dependency_failures')
  local queue, allow_failures = child[2], child[3] == '1'
  if not queue or child[1] == 'canceled' or (failed and not allow_failures)
      or redis.call('HEXISTS', key, 'data') == 0
      or not others_are_met(job_id, child_id, allow_failures) then
    return false
  end
  enqueue_job(child_id, queue, now, now_text)
  redis.call('ZREM', 'rq:deferred:' .. queue, child_id)
  redis.call('SREM', 'rq:job:' .. job_id .. ':dependents', child_id)
  return true
end

-- Returns how many go on waiting, and what kept one of them from being enqueued, if anything did: a
-- key that is not of RQ's type, which is no reason to lose the outcome of the job itself. A set of
-- dependents of another type stands for none.
local function release_dependents(job_id, failed, now, now_text)
  local children = redis.pcall('SMEMBERS', 'rq:job:' .. job_id .. ':dependents')
  if children.err then
    return 0
  end
  local waiting, trouble = #children, nil
  for _, child_id in ipairs(children) do
    local done, released = pcall(release, job_id, failed, child_id, now, now_text)
    if not done then
      trouble = 'dependent ' .. child_id .. ': '
        .. (type(released) == 'table' and released.err or tostring(released))
    elseif released then
      waiting = waiting - 1
    end
  end
  return waiting, trouble
end
