-- Puts a job that exists into its queue, or in front of its rate limit. Joined in front of the
-- scripts of the client and of the worker that need it. Times are given twice: whole Unix seconds,
-- and text for hashes.
--
-- A script is not rolled back where a command fails, for a key that is not of RQ's type: so a job
-- is put where it goes before it is taken away from where it was.
--
-- Mirrors _enqueue_job, _enqueue_rate_limited_job and the rate limiter's scripts of RQ 3.0.

-- How many waiting jobs one step looks at; the next step under the same limit goes on from there.
local MOST_PROMOTED = 100

local function register_queue(queue)
  redis.call('SADD', 'rq:queues', 'rq:queue:' .. queue)
end

local function push(id, queue, at_front)
  register_queue(queue)
  redis.call(at_front and 'LPUSH' or 'RPUSH', 'rq:queue:' .. queue, id)
end

-- Lets a job, and what is known of those that it waits for or that wait for it, expire.
local function expire_job(id, ttl)
  for _, key in ipairs({'rq:job:' .. id, 'rq:job:' .. id .. ':dependents',
    'rq:job::' .. id .. ':dependencies'}) do
    redis.call('EXPIRE', key, ttl)
  end
end

-- Lets jobs that wait for this rate limit through while there is room, oldest first; looks at no
-- more than most of them. Returns how many it looked at.
local function promote_rate_limited(limit, concurrency, most, now, now_text)
  local allowed, waiting = 'rq:rl:' .. limit .. ':allowed', 'rq:rl:' .. limit .. ':rate_limited'
  local seen = 0
  while seen < most and redis.call('ZCARD', allowed) < concurrency do
    local id = redis.call('ZRANGE', waiting, 0, 0)[1]
    if not id then
      break
    end
    seen = seen + 1
    local key = 'rq:job:' .. id
    local job = redis.pcall('HMGET', key, 'origin', 'status', 'enqueue_at_front')
    if not job.err and job[1] and job[2] == 'rate_limited' then
      push(id, job[1], job[3] == '1')
      redis.call('ZADD', allowed, now, id)
      redis.call('HSET', key, 'status', 'queued', 'enqueued_at', now_text)
    end
    redis.call('ZREM', waiting, id)
  end
  return seen
end

-- Whether a job that has a place under a rate limit is to keep it: while it is queued or started,
-- and, whatever its status, while one of its executions is alive.
local function needs_place(id, now)
  local status = redis.pcall('HGET', 'rq:job:' .. id, 'status')
  return status == 'queued' or status == 'started'
    or redis.call('ZCOUNT', 'rq:executions:' .. id, '(' .. now, '+inf') > 0
end

-- Gives back the place that a job held under its rate limit, if it has one, once the job is neither
-- queued nor started any more.
local function release_rate_limit(id, limit, now, now_text)
  if not limit or limit == '' then
    return
  end
  local concurrency = tonumber(redis.call('HGET', 'rq:rl:' .. limit, 'concurrency') or 0)
  redis.call('ZREM', 'rq:rl:' .. limit .. ':allowed', id)
  promote_rate_limited(limit, concurrency or 0, MOST_PROMOTED, now, now_text)
end

local function wait_for_rate_limit(id, limit, concurrency, now, now_text)
  redis.call('SADD', 'rq:rl-keys', limit)
  redis.call('HSET', 'rq:rl:' .. limit, 'concurrency', concurrency)
  redis.call('HSET', 'rq:job:' .. id, 'status', 'rate_limited')
  redis.call('ZADD', 'rq:rl:' .. limit .. ':rate_limited', now, id)
  promote_rate_limited(limit, concurrency, MOST_PROMOTED, now, now_text)
end

-- Enqueues the job, under its rate limit if it has one. The caller has made sure that it exists.
-- To which end of the queue, the caller says, or else the job.
local function enqueue_job(id, queue, now, now_text, at_front)
  local key = 'rq:job:' .. id
  local job = redis.call('HMGET', key, 'enqueue_at_front', 'enqueue_at_front_on_retry', 'ended_at',
    'rate_limit_key', 'rate_limit_concurrency', 'ttl')
  local says_front, was_run = job[1] == '1', job[3] and job[3] ~= ''
  local front = at_front
  if front == nil then
    front = says_front or (job[2] == '1' and was_run)
  end
  local concurrency, ttl = tonumber(job[5] or ''), tonumber(job[6] or '')
  redis.call('HSETNX', key, 'timeout', '180')
  redis.call('HSET', key, 'origin', queue)
  if ttl and ttl > 0 then
    expire_job(id, ttl)
  end
  if job[4] and job[4] ~= '' and concurrency and concurrency > 0 then
    -- Whoever lets it through later knows no caller.
    if at_front ~= nil or front ~= says_front then
      redis.call('HSET', key, 'enqueue_at_front', front and '1' or '0')
    end
    wait_for_rate_limit(id, job[4], concurrency, now, now_text)
    return
  end
  push(id, queue, front)
  redis.call('HSET', key, 'status', 'queued', 'enqueued_at', now_text)
end
