-- What the scripts that steer a job share. Joined in front of them.
--
-- ARGV[1] the job's id
-- ARGV[2] Unix seconds now
-- ARGV[3] now as RQ's text

local job_id, now, now_text = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local job_key = 'rq:job:' .. job_id

local function present(value)
  return value and value ~= ''
end

local function push(id, queue, at_front)
  redis.call('SADD', 'rq:queues', 'rq:queue:' .. queue)
  redis.call(at_front and 'LPUSH' or 'RPUSH', 'rq:queue:' .. queue, id)
end

-- Lets jobs through that a rate limit holds back, the oldest first, while there is room.
local function fill_places(limit)
  local key = 'rq:rl:' .. limit
  local concurrency = tonumber(redis.call('HGET', key, 'concurrency')) or 0
  while redis.call('ZCARD', key .. ':allowed') < concurrency do
    local id = redis.call('ZPOPMIN', key .. ':rate_limited')[1]
    if not id then
      return
    end
    local job = redis.call('HMGET', 'rq:job:' .. id, 'origin', 'status', 'enqueue_at_front')
    if present(job[1]) and job[2] == 'rate_limited' then
      redis.call('ZADD', key .. ':allowed', now, id)
      redis.call('HSET', 'rq:job:' .. id, 'status', 'queued', 'enqueued_at', now_text)
      push(id, job[1], job[3] == '1')
    end
  end
end

-- Gives back the place that a job holds under its rate limit, unless it still needs it.
local function leave_limit(id, limit)
  local key = 'rq:rl:' .. limit
  redis.call('ZREM', key .. ':rate_limited', id)
  local status = redis.call('HGET', 'rq:job:' .. id, 'status')
  if status == 'queued' or status == 'started'
    or redis.call('ZCOUNT', 'rq:executions:' .. id, '(' .. now, '+inf') > 0 then
    return
  end
  if redis.call('ZREM', key .. ':allowed', id) == 1 then
    fill_places(limit)
  end
end

-- Puts a job that waited elsewhere into its queue, or before its rate limit. With at_front the
-- caller decides on the end of the queue, with nil the job's own field does.
local function enqueue_job(id, queue, at_front)
  local key = 'rq:job:' .. id
  local job = redis.call('HMGET', key, 'rate_limit_key', 'rate_limit_concurrency', 'ttl',
    'enqueue_at_front')
  redis.call('HSETNX', key, 'timeout', '180')
  local ttl = tonumber(job[3])
  if ttl and ttl > 0 then
    redis.call('EXPIRE', key, ttl)
    redis.call('EXPIRE', key .. ':dependents', ttl)
    redis.call('EXPIRE', 'rq:job::' .. id .. ':dependencies', ttl)
  end
  if present(job[1]) and present(job[2]) then
    local limit = 'rq:rl:' .. job[1]
    if at_front ~= nil then
      redis.call('HSET', key, 'enqueue_at_front', at_front and '1' or '0')
    end
    redis.call('SADD', 'rq:rl-keys', job[1])
    redis.call('HSET', limit, 'concurrency', job[2])
    redis.call('HSET', key, 'status', 'rate_limited')
    redis.call('ZADD', limit .. ':rate_limited', now, id)
    fill_places(job[1])
    return
  end
  if at_front == nil then
    at_front = job[4] == '1'
  end
  redis.call('HSET', key, 'status', 'queued', 'enqueued_at', now_text)
  push(id, queue, at_front)
end

-- Whether all that a job waits for is done, whatever the job named by except says.
local function is_met(id, except, allow_failures)
  for _, other in ipairs(redis.call('SMEMBERS', 'rq:job::' .. id .. ':dependencies')) do
    if other ~= except then
      local status = redis.call('HGET', 'rq:job:' .. other, 'status')
      if status and status ~= 'finished' and not (allow_failures and status == 'failed') then
        return false
      end
    end
  end
  return true
end

-- Enqueues the jobs that waited for nothing but this one; after a failure only those that allow it.
local function release_dependents(failed)
  local dependents_key = job_key .. ':dependents'
  for _, id in ipairs(redis.call('SMEMBERS', dependents_key)) do
    local child = redis.call('HMGET', 'rq:job:' .. id, 'data', 'origin', 'status',
      'allow_dependency_failures')
    local allow_failures = child[4] == '1'
    if child[1] and present(child[2]) and child[3] ~= 'canceled'
      and (not failed or allow_failures) and is_met(id, job_id, allow_failures) then
      redis.call('ZREM', 'rq:deferred:' .. child[2], id)
      enqueue_job(id, child[2], nil)
      redis.call('SREM', dependents_key, id)
    end
  end
end

local function remove_from_started(id, queue)
  for _, execution in ipairs(redis.call('ZRANGE', 'rq:executions:' .. id, 0, -1)) do
    redis.call('ZREM', 'rq:wip:' .. queue, id .. ':' .. execution)
  end
  -- As RQ 1.x writes it.
  redis.call('ZREM', 'rq:wip:' .. queue, id)
end

-- The registry that a status stands for, where the job's own id is the member.
local REGISTRIES = {
  finished = 'rq:finished:', failed = 'rq:failed:', stopped = 'rq:failed:',
  deferred = 'rq:deferred:', ready_to_enqueue = 'rq:ready:', scheduled = 'rq:scheduled:',
  canceled = 'rq:canceled:',
}

-- Takes a job out of its queue and out of the registry of its status.
local function remove_from_registries(id, queue, status)
  redis.call('LREM', 'rq:queue:' .. queue, 1, id)
  if status == 'started' then
    remove_from_started(id, queue)
  elseif status and REGISTRIES[status] then
    redis.call('ZREM', REGISTRIES[status] .. queue, id)
  end
end
