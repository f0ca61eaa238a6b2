-- What the scripts that steer a job share. Joined in front of them, behind enqueue.lua and
-- dependents.lua.
--
-- ARGV[1] the job's id
-- ARGV[2] Unix seconds now
-- ARGV[3] now as RQ's text

local job_id, now, now_text = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local job_key = 'rq:job:' .. job_id

local function present(value)
  return value and value ~= ''
end

-- Takes a job out of its rate limit, unless it still needs its place.
local function leave_limit(id, limit)
  redis.call('ZREM', 'rq:rl:' .. limit .. ':rate_limited', id)
  if not needs_place(id, now) then
    release_rate_limit(id, limit, now, now_text)
  end
end

-- Deletes a job that is in no queue or registry any more. Returns whether there was one.
local function erase(id, group, limit)
  if present(group) then
    redis.call('SREM', 'rq:group:' .. group, id)
  end
  local existed = redis.call('DEL', 'rq:job:' .. id)
  redis.call('DEL', 'rq:job:' .. id .. ':dependents', 'rq:job::' .. id .. ':dependencies',
    'rq:results:' .. id)
  if present(limit) then
    leave_limit(id, limit)
  end
  return existed
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
