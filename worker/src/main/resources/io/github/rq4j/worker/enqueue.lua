-- Puts a job that exists into its queue, or in front of its rate limit. Joined in front of the
-- scripts that need it. Times are given twice: whole Unix seconds, and text for hashes.
--
-- A script is not rolled back where a command fails, for a key that is not of RQ's type: so a job
-- is put where it goes before it is taken away from where it was.
--
-- Mirrors _enqueue_job, _enqueue_rate_limited_job and the rate limiter's scripts of RQ 3.0.

local function push(id, queue, at_front)
  redis.call('SADD', 'rq:queues', 'rq:queue:' .. queue)
  redis.call(at_front and 'LPUSH' or 'RPUSH', 'rq:queue:' .. queue, id)
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

-- Gives back the place that a job held under its rate limit, if it has one, once the job is neither
-- queued nor started any more.
local function release_rate_limit(id, limit, now, now_text)
  if not limit or limit == '' then
    return
  end
  local concurrency = tonumber(redis.call('HGET', 'rq:rl:' .. limit, 'concurrency') or 0)
  redis.call('ZREM', 'rq:rl:' .. limit .. ':allowed', id)
  promote_rate_limited(limit, concurrency or 0, 100, now, now_text)
end

local function wait_for_rate_limit(id, limit, concurrency, at_front, now, now_text)
  redis.call('SADD', 'rq:rl-keys', limit)
  redis.call('HSET', 'rq:rl:' .. limit, 'concurrency', concurrency)
  redis.call('HSET', 'rq:job:' .. id, 'status', 'rate_limited')
  if at_front then
    redis.call('HSET', 'rq:job:' .. id, 'enqueue_at_front', '1')
  end
  redis.call('ZADD', 'rq:rl:' .. limit .. ':rate_limited', now, id)
  promote_rate_limited(limit, concurrency, 100, now, now_text)
end

-- Enqueues the job, under its rate limit if it has one. The caller has made sure that it exists.
local function enqueue_job(id, queue, now, now_text)
  local key = 'rq:job:' .. id
  local job = redis.call('HMGET', key, 'enqueue_at_front', 'enqueue_at_front_on_retry', 'ended_at',
    'rate_limit_key', 'rate_limit_concurrency', 'ttl')
  local was_run = job[3] and job[3] ~= ''
  local at_front = job[1] == '1' or (job[2] == '1' and was_run)
  local concurrency, ttl = tonumber(job[5] or ''), tonumber(job[6] or '')
  redis.call('HSETNX', key, 'timeout', '180')
  redis.call('HSET', key, 'origin', queue)
  if ttl and ttl > 0 then
    redis.call('EXPIRE', key, ttl)
  end
  if job[4] and job[4] ~= '' and concurrency and concurrency > 0 then
    wait_for_rate_limit(id, job[4], concurrency, at_front, now, now_text)
    return
  end
  push(id, queue, at_front)
  redis.call('HSET', key, 'status', 'queued', 'enqueued_at', now_text)
end
