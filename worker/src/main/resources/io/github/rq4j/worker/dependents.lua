-- Releases the jobs that waited for this one. Joined in front of finish.lua and fail.lua.
--
-- Mirrors RQ 2.x, which enqueues them in the same transaction; a job under a rate limit (RQ 3.0)
-- goes to the ready registry instead, from where RQ's maintenance takes it to its limiter.

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

local function enqueue(child_id, child_key, queue, at_front, ttl)
  redis.call('HSET', child_key, 'status', 'queued', 'enqueued_at', now_text)
  redis.call('HSETNX', child_key, 'timeout', '180')
  if ttl and ttl > 0 then
    redis.call('EXPIRE', child_key, ttl)
  end
  redis.call('SADD', 'rq:queues', 'rq:queue:' .. queue)
  redis.call(at_front and 'LPUSH' or 'RPUSH', 'rq:queue:' .. queue, child_id)
end

local function hold_ready(child_id, child_key, queue)
  redis.call('HSET', child_key, 'status', 'ready_to_enqueue')
  redis.call('ZADD', 'rq:ready:' .. queue, now, child_id)
end

local function release_dependents(failed)
  local dependents_key = job_key .. ':dependents'
  local children = redis.call('SMEMBERS', dependents_key)
  local released = 0
  for _, child_id in ipairs(children) do
    local child_key = 'rq:job:' .. child_id
    local child = redis.call('HMGET', child_key, 'data', 'status', 'origin',
      'allow_dependency_failures', 'enqueue_at_front', 'rate_limit_key', 'ttl')
    local allow_failures = child[4] == '1'
    local waits = child[1] and child[3] and child[2] ~= 'canceled'
    if waits and (not failed or allow_failures) and others_are_met(child_id, allow_failures) then
      redis.call('ZREM', 'rq:deferred:' .. child[3], child_id)
      if child[6] and child[6] ~= '' then
        hold_ready(child_id, child_key, child[3])
      else
        enqueue(child_id, child_key, child[3], child[5] == '1', tonumber(child[7]))
      end
      redis.call('SREM', dependents_key, child_id)
      released = released + 1
    end
  end
  return released
end
