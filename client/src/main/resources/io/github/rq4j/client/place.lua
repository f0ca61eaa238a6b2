-- Where a job goes: into its queue, behind its rate limit, or among those that wait for other jobs.
-- Joined behind enqueue.lua, in front of new_job.lua and stored_job.lua.
--
-- Mirrors setup_dependencies of RQ 3.0 and what follows it, which RQ does in up to four
-- transactions.

-- Fails on a key of another type before anything is written.
local function check_types(queue, limit, parents)
  redis.call('SCARD', 'rq:queues')
  redis.call('LLEN', 'rq:queue:' .. queue)
  if limit ~= '' then
    redis.call('SCARD', 'rq:rl-keys')
    redis.call('HLEN', 'rq:rl:' .. limit)
    redis.call('ZCARD', 'rq:rl:' .. limit .. ':allowed')
    redis.call('ZCARD', 'rq:rl:' .. limit .. ':rate_limited')
  end
  if #parents > 0 then
    redis.call('ZCARD', 'rq:deferred:' .. queue)
  end
end

-- RQ takes a job that is gone for one that is done.
local function has_unmet(parents, allow_failures)
  for _, parent in ipairs(parents) do
    local parent_key = 'rq:job:' .. parent
    if redis.call('EXISTS', parent_key) == 1 then
      local status = redis.call('HGET', parent_key, 'status')
      if status ~= 'finished' and not (allow_failures and status == 'failed') then
        return true
      end
    end
  end
  return false
end

local function expire(job)
  if job.ttl > 0 then
    expire_job(job.id, job.ttl)
  elseif not job.is_new then
    -- What a former job of this id left would let this one vanish from its queue.
    redis.call('PERSIST', 'rq:job:' .. job.id)
  end
end

local function defer(job)
  local key = 'rq:job:' .. job.id
  -- As RQ 2.0 to 2.7, which fail jobs at the time of their score. Other releases do not look at it.
  redis.call('ZADD', 'rq:deferred:' .. job.queue, '+inf', job.id)
  for _, parent in ipairs(job.parents) do
    redis.call('SADD', 'rq:job:' .. parent .. ':dependents', job.id)
    redis.call('SADD', 'rq:job::' .. job.id .. ':dependencies', parent)
  end
  redis.call('HSET', key, 'status', 'deferred')
end

local function limit(job)
  if job.at_front then
    redis.call('HSET', 'rq:job:' .. job.id, 'enqueue_at_front', '1')
  end
  wait_for_rate_limit(job.id, job.limit, job.concurrency, job.now, job.now_text)
end

-- Files a stored job where it belongs now, and returns its status.
local function place(job)
  local key = 'rq:job:' .. job.id
  if has_unmet(job.parents, job.allow_failures) then
    register_queue(job.queue)
    defer(job)
  elseif job.limit ~= '' then
    register_queue(job.queue)
    limit(job)
  else
    push(job.id, job.queue, job.at_front)
    redis.call('HSET', key, 'status', 'queued', 'enqueued_at', job.now_text)
  end
  expire(job)
  return redis.call('HGET', key, 'status')
end
