-- Releases the jobs that waited for another one. Joined behind enqueue.lua, in front of the scripts
-- of the client and of the worker that end or cancel a job.
--
-- Mirrors RQ 2.x, which enqueues them in the same transaction, a job under a rate limit (RQ 3.0)
-- through its limiter. There may be thousands, and the server does nothing else meanwhile: what
-- several have in common is done once.

-- How many ids go into one command; Lua hands over some thousand at most.
local TOGETHER = 1000

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

-- If nothing keeps the child waiting any more: its queue, whether it is under a rate limit, whether it
-- goes to the front, its ttl, and whether it lacks a timeout.
local function ready_child(job_id, failed, child_id)
  local key = 'rq:job:' .. child_id
  local child = redis.call('HMGET', key, 'status', 'origin', 'allow_dependency_failures',
    'rate_limit_key', 'enqueue_at_front', 'enqueue_at_front_on_retry', 'ended_at', 'ttl', 'timeout')
  local queue, allow_failures = child[2], child[3] == '1'
  if not queue or child[1] == 'canceled' or (failed and not allow_failures)
      or redis.call('HEXISTS', key, 'data') == 0
      or not others_are_met(job_id, child_id, allow_failures) then
    return
  end
  local was_run = child[7] and child[7] ~= ''
  return queue, child[4] and child[4] ~= '', child[5] == '1' or (child[6] == '1' and was_run),
    tonumber(child[8] or ''), not child[9]
end

-- Does to each what enqueue_job does. All have the same queue, and go to the same end of it.
local function enqueue_together(batch, now_text)
  register_queue(batch.queue)
  redis.call(batch.at_front and 'LPUSH' or 'RPUSH', 'rq:queue:' .. batch.queue, unpack(batch))
  for _, id in ipairs(batch) do
    redis.call('HSET', 'rq:job:' .. id, 'status', 'queued', 'enqueued_at', now_text)
  end
  for id in pairs(batch.without_timeout) do
    redis.call('HSET', 'rq:job:' .. id, 'timeout', '180')
  end
  for id, ttl in pairs(batch.ttls) do
    expire_job(id, ttl)
  end
end

local function release(job_id, batch, now, now_text)
  if batch.is_limited then
    enqueue_job(batch[1], batch.queue, now, now_text)
  else
    enqueue_together(batch, now_text)
  end
  redis.call('ZREM', 'rq:deferred:' .. batch.queue, unpack(batch))
  redis.call('SREM', 'rq:job:' .. job_id .. ':dependents', unpack(batch))
end

-- Returns how many go on waiting, and what kept one of them from being enqueued, if anything did: a
-- key that is not of RQ's type, which is no reason to lose the outcome of the job itself. A set of
-- dependents of another type stands for none.
local function release_dependents(job_id, failed, now, now_text)
  local children = redis.pcall('SMEMBERS', 'rq:job:' .. job_id .. ':dependents')
  if children.err then
    return 0
  end
  local waiting, trouble, open = #children, nil, {}

  local function note(child_id, problem)
    trouble = 'dependent ' .. child_id .. ': '
      .. (type(problem) == 'table' and problem.err or tostring(problem))
  end

  local function release_batch(batch)
    local done, problem = pcall(release, job_id, batch, now, now_text)
    if done then
      waiting = waiting - #batch
    else
      note(batch[1], problem)
    end
  end

  local function gather(child_id, queue, is_limited, at_front, ttl, lacks_timeout)
    if is_limited then
      release_batch({child_id, queue = queue, is_limited = true})
      return
    end
    local place = (at_front and 'f' or 'b') .. queue
    local batch = open[place] or {queue = queue, at_front = at_front, ttls = {}, without_timeout = {}}
    open[place] = batch
    batch[#batch + 1] = child_id
    batch.ttls[child_id] = ttl and ttl > 0 and ttl or nil
    batch.without_timeout[child_id] = lacks_timeout or nil
    if #batch == TOGETHER then
      open[place] = nil
      release_batch(batch)
    end
  end

  for _, child_id in ipairs(children) do
    local done, queue, is_limited, at_front, ttl, lacks_timeout =
      pcall(ready_child, job_id, failed, child_id)
    if not done then
      note(child_id, queue)
    elseif queue then
      gather(child_id, queue, is_limited, at_front, ttl, lacks_timeout)
    end
  end
  for _, batch in pairs(open) do
    release_batch(batch)
  end
  return waiting, trouble
end
