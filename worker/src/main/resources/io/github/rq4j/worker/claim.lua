-- Takes jobs off the queues and marks them started, as one step: a job is either still queued or
-- already in the started registry, whatever happens to the worker in between.
--
-- Mirrors RQ 3.0: pop, creation of the execution, and preparation for running.
--
-- KEYS[1]   rq:suspended
-- KEYS[2..] the queues, in the order in which they are to be tried
-- ARGV[1]   how many queues
-- ARGV[2]   now, as text for hashes
-- ARGV[3]   now, in whole Unix seconds
-- ARGV[4]   now, in Unix seconds with fraction
-- then for each free slot: its worker name, the execution id to use
--
-- Reply: a list. First 'suspended', 'drained' (fewer jobs than slots) or 'more'; then for each
-- claimed job: {number of the slot from 0, number of the queue from 0, job id, hash of the job
-- before the claim}.

local now_text, now, now_float = ARGV[2], tonumber(ARGV[3]), ARGV[4]
local queues = tonumber(ARGV[1])
local FIRST_SLOT = 5
-- Ids whose job is gone are dropped as they are met, but not without end in one step.
local skips_left = 1000

if redis.call('EXISTS', KEYS[1]) == 1 then
  return {'suspended'}
end

local function field(hash, name)
  for i = 1, #hash, 2 do
    if hash[i] == name then
      return hash[i + 1]
    end
  end
end

-- The next id with a job behind it; RQ treats a hash without data as no job at all.
local function pop()
  for q = 1, queues do
    local id = redis.call('LPOP', KEYS[q + 1])
    while id do
      local hash = redis.pcall('HGETALL', 'rq:job:' .. id)
      if not hash.err and field(hash, 'data') then
        return id, q, hash
      end
      skips_left = skips_left - 1
      if skips_left <= 0 then
        return
      end
      id = redis.call('LPOP', KEYS[q + 1])
    end
  end
end

local function start(id, origin, timeout, worker, execution)
  local ttl = 90
  if timeout and timeout > 0 and timeout < 30 then
    ttl = math.floor(timeout) + 60
  end
  local member = id .. ':' .. execution
  local execution_key = 'rq:execution:' .. member
  local worker_key = 'rq:worker:' .. worker
  redis.call('HSET', execution_key, 'id', execution, 'job_id', id, 'created_at', now_float,
    'last_heartbeat', now_float, 'worker_name', worker)
  redis.call('EXPIRE', execution_key, ttl)
  redis.call('ZADD', 'rq:executions:' .. id, now + ttl + 60, execution)
  redis.call('EXPIRE', 'rq:executions:' .. id, ttl + 60)
  redis.call('ZADD', 'rq:wip:' .. origin, now + ttl, member)
  redis.call('SADD', worker_key .. ':executions', member)
  redis.call('EXPIRE', worker_key .. ':executions', ttl)
  redis.call('HSET', worker_key, 'state', 'busy', 'current_job', id,
    'current_job_working_time', '0', 'last_heartbeat', now_text)
  redis.call('EXPIRE', worker_key, ttl)
  redis.call('HSET', 'rq:job:' .. id, 'status', 'started', 'started_at', now_text,
    'last_heartbeat', now_text, 'worker_name', worker)
  redis.call('PERSIST', 'rq:job:' .. id)
end

local reply = {'more'}
for i = FIRST_SLOT, #ARGV, 2 do
  local id, q, hash = pop()
  if not id then
    if skips_left > 0 then
      reply[1] = 'drained'
    end
    break
  end
  local origin = field(hash, 'origin')
  if not origin or origin == '' then
    origin = string.sub(KEYS[q + 1], string.len('rq:queue:') + 1)
  end
  local ok, problem = pcall(start, id, origin, tonumber(field(hash, 'timeout')), ARGV[i], ARGV[i + 1])
  if not ok then
    -- Some key is not of RQ's type: the job goes back where it was.
    redis.call('LPUSH', KEYS[q + 1], id)
    return redis.error_reply('ERR cannot claim job ' .. id .. ': ' .. tostring(problem.err or problem))
  end
  reply[#reply + 1] = {(i - FIRST_SLOT) / 2, q - 1, id, hash}
end
return reply
