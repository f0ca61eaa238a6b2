-- Takes jobs off the queues and marks them started, as one step: a job is either still queued or
-- already in the started registry, whatever happens to the worker in between.
--
-- Mirrors RQ 3.0: pop, creation of the execution, and preparation for running. A script is not
-- rolled back where a command fails, so all that can fail is looked at before the first write.
--
-- KEYS[1]   rq:suspended
-- KEYS[2..] the queues, in the order in which they are to be tried
-- ARGV[1]   how many queues
-- ARGV[2]   now, as text for hashes
-- ARGV[3]   now, in whole Unix seconds
-- ARGV[4]   now, in Unix seconds with fraction
-- ARGV[5]   how many free slots
-- ARGV[6]   '1' to take only the jobs that are named below, '0' to take whatever comes first
-- ARGV[7]   the failure text of a job that can never be started, compressed, in base64
-- then for each free slot: its worker name, the execution id to use
-- then for each job to take: number of its queue from 0, its id, the SHA-1 of its data
--
-- Reply: a list. First 'suspended', 'blocked' (no job could be claimed, and a key that all jobs
-- need is not of RQ's type), 'drained' (fewer jobs than slots) or 'more'; then in any order
-- {'claimed', number of the slot from 0, number of the queue from 0, job id, hash of the job before
-- the claim},
-- {'failed', number of the queue, job id, why}: the job can never be started and has failed,
-- {'dropped', number of the queue, job id, why}: the id stood for something that is no job,
-- {'blocked', why}.

local queues, now_text, now, now_float = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), ARGV[4]
local slots, only_named = tonumber(ARGV[5]), ARGV[6] == '1'
local FIRST_SLOT = 8
local first_named = FIRST_SLOT + 2 * slots
local YEAR = 31536000
-- Ids whose job is gone are dropped as they are met, but not without end in one step.
local skips_left = 1000

if redis.call('EXISTS', KEYS[1]) == 1 then
  return {'suspended'}
end

local reply = {'more'}
local blocked = false

local function report(...)
  reply[#reply + 1] = {...}
end

local function field(hash, name)
  for i = 1, #hash, 2 do
    if hash[i] == name then
      return hash[i + 1]
    end
  end
  return nil
end

-- Says which of the keys, each followed by its type, holds something else.
local function misfit(expected)
  for i = 1, #expected, 2 do
    local found = redis.call('TYPE', expected[i]).ok
    if found ~= 'none' and found ~= expected[i + 1] then
      return expected[i] .. ' is a ' .. found .. ', not a ' .. expected[i + 1]
    end
  end
end

-- Whether Java reads from the bytes the same key that they stand for here.
local function is_utf8(bytes)
  if not string.find(bytes, '[\128-\255]') then
    return true
  end
  for _, sequence in ipairs({'[\194-\223][\128-\191]', '\224[\160-\191][\128-\191]',
    '\237[\128-\159][\128-\191]', '[\225-\236\238\239][\128-\191][\128-\191]',
    '\240[\144-\191][\128-\191][\128-\191]', '[\241-\243][\128-\191][\128-\191][\128-\191]',
    '\244[\128-\143][\128-\191][\128-\191]'}) do
    bytes = string.gsub(bytes, sequence, ' ')
  end
  return not string.find(bytes, '[\128-\255]')
end

local function queue_name(q)
  return string.sub(KEYS[q + 1], string.len('rq:queue:') + 1)
end

-- A key that every job of a queue or slot needs: no job is to blame, so all stay where they are.
local function is_blocked(keys)
  local problem = misfit(keys)
  if problem then
    blocked = true
    report('blocked', problem)
  end
  return problem ~= nil
end

local usable_queues = {}
local function is_usable(q)
  if usable_queues[q] == nil then
    usable_queues[q] =
      not is_blocked({KEYS[q + 1], 'list', 'rq:wip:' .. queue_name(q), 'zset'})
  end
  return usable_queues[q]
end

-- Fails a job that no worker could ever start, as far as its keys allow.
local function quarantine(id, q, hash, origin, problem)
  local key = 'rq:job:' .. id
  if not is_utf8(origin) then
    origin = queue_name(q)
    redis.call('HSET', key, 'origin', origin)
  end
  local ttl = tonumber(field(hash, 'failure_ttl')) or YEAR
  redis.call('HSET', key, 'status', 'failed', 'ended_at', now_text,
    'exc_info', 'The job could not be started: ' .. problem)
  if ttl >= 1 and ttl < 1e12 then
    redis.call('EXPIRE', key, math.floor(ttl))
  end
  redis.pcall('ZADD', 'rq:failed:' .. origin, ttl >= 1 and now + math.floor(ttl) or -1, id)
  local results = 'rq:results:' .. id
  redis.pcall('XADD', results, 'MAXLEN', '~', '10', '*', 'type', '2', 'exc_string', ARGV[7])
  redis.pcall('EXPIRE', results, YEAR)
  report('failed', q - 1, id, problem)
end

-- What stands behind an id that has just left queue q: the job's hash and its origin, or nothing
-- where there is no job to run. RQ treats a hash without data as no job at all.
local function job_of(id, q, execution)
  local problem = misfit({'rq:job:' .. id, 'hash'})
  if problem then
    report('dropped', q - 1, id, problem)
    return
  end
  local hash = redis.call('HGETALL', 'rq:job:' .. id)
  if not field(hash, 'data') then
    return
  end
  local origin = field(hash, 'origin')
  if not origin or origin == '' then
    origin = queue_name(q)
  end
  if not is_utf8(id) then
    problem = 'its id is not UTF-8'
  elseif not is_utf8(origin) then
    problem = 'its origin is not UTF-8'
  else
    problem = misfit({'rq:executions:' .. id, 'zset', 'rq:wip:' .. origin, 'zset',
      'rq:execution:' .. id .. ':' .. execution, 'hash'})
  end
  if problem then
    quarantine(id, q, hash, origin, problem)
    return
  end
  return hash, origin
end

local function next_of_all(execution)
  for q = 1, queues do
    local id = is_usable(q) and redis.call('LPOP', KEYS[q + 1])
    while id do
      local hash, origin = job_of(id, q, execution)
      if hash then
        return id, q, hash, origin
      end
      skips_left = skips_left - 1
      if skips_left <= 0 then
        return
      end
      id = redis.call('LPOP', KEYS[q + 1])
    end
  end
end

-- Whether a named job is still the one that was looked at, and still queued; it no longer is then.
local function withdraw(q, id, digest)
  local data = redis.pcall('HGET', 'rq:job:' .. id, 'data')
  return type(data) == 'string' and redis.sha1hex(data) == digest
    and redis.call('LREM', KEYS[q + 1], 1, id) == 1
end

local next_named = first_named
local function next_of_named(execution)
  while next_named < #ARGV do
    local q, id, digest = ARGV[next_named] + 1, ARGV[next_named + 1], ARGV[next_named + 2]
    next_named = next_named + 3
    if is_usable(q) and withdraw(q, id, digest) then
      local hash, origin = job_of(id, q, execution)
      if hash then
        return id, q, hash, origin
      end
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

local claimed, drained = 0, false
for slot = 0, slots - 1 do
  local worker, execution = ARGV[FIRST_SLOT + 2 * slot], ARGV[FIRST_SLOT + 2 * slot + 1]
  local worker_key = 'rq:worker:' .. worker
  if not is_blocked({worker_key, 'hash', worker_key .. ':executions', 'set'}) then
    local id, q, hash, origin = (only_named and next_of_named or next_of_all)(execution)
    if not id then
      drained = skips_left > 0
      break
    end
    start(id, origin, tonumber(field(hash, 'timeout')), worker, execution)
    report('claimed', slot, q - 1, id, hash)
    claimed = claimed + 1
  end
end
if blocked and claimed == 0 then
  reply[1] = 'blocked'
elseif drained and not blocked then
  reply[1] = 'drained'
end
return reply
