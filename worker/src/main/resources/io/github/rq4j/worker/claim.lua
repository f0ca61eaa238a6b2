-- Takes jobs off the queues and marks them started, as one step: a job is either still queued or
-- already in the started registry, whatever happens to the worker in between. Joined behind
-- quarantine.lua.
--
-- Mirrors RQ 3.0: pop, creation of the execution, and preparation for running. A script is not
-- rolled back where a command fails. What can fail, because a key is not of RQ's type, is therefore
-- written first, and taken back where something was refused; only then is it asked what is wrong.
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
-- ARGV[8]   seconds until an idle worker's hash expires unless it sends a heartbeat
-- then for each free slot: its worker name, the execution id to use, the seconds that it has worked
--           in all if it has just ended a job and still shows it, else empty; and until when its
--           hash is known to live, in Unix seconds, 0 where that is not known
-- then for each job to take: number of its queue from 0, its id, the SHA-1 of its data
--
-- Reply: a list. First 'suspended', 'blocked' (no job could be claimed, and a key that all jobs
-- need is not of RQ's type), 'drained' (fewer jobs than slots) or 'more'; then in any order
-- {'claimed', number of the slot from 0, number of the queue from 0, job id, hash of the job before
-- the claim, in how many seconds the worker's hash expires at the soonest},
-- {'failed', number of the queue, job id, why}: the job can never be started and has failed,
-- {'dropped', number of the queue, job id, why}: the id stood for something that is no job,
-- {'blocked', why}.

local queues, now_text, now, now_float = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3]), ARGV[4]
local slots, only_named = tonumber(ARGV[5]), ARGV[6] == '1'
local FIRST_SLOT = 9
local PER_SLOT = 4
local first_named = FIRST_SLOT + PER_SLOT * slots
-- Ids whose job is gone are dropped as they are met, but not without end in one step.
local skips_left = 1000

local reply = {'more'}
local blocked = false

local function report(...)
  reply[#reply + 1] = {...}
end

local function queue_name(q)
  return string.sub(KEYS[q + 1], string.len('rq:queue:') + 1)
end

-- Something that every job of a queue or slot needs is amiss: no job is to blame, all stay where
-- they are.
local function block(problem)
  blocked = true
  report('blocked', problem)
end

local unusable_queues = {}
local function block_queue(q)
  unusable_queues[q] = true
  block(misfit({KEYS[q + 1], 'list', 'rq:wip:' .. queue_name(q), 'zset'}))
end

local function is_refused(answer)
  return type(answer) == 'table' and answer.err ~= nil
end

local function fail_unstarted(id, q, hash, origin, problem)
  if not is_utf8(origin) then
    origin = queue_name(q)
    redis.call('HSET', 'rq:job:' .. id, 'origin', origin)
  end
  quarantine(id, hash, origin, problem, ARGV[7], now, now_text)
  report('failed', q - 1, id, problem)
end

-- What stands behind an id that has just left queue q: the job's hash and its origin, or nothing
-- where there is no job to run. RQ treats a hash without data as no job at all.
local function job_of(id, q)
  local hash = redis.pcall('HGETALL', 'rq:job:' .. id)
  if is_refused(hash) then
    report('dropped', q - 1, id, misfit({'rq:job:' .. id, 'hash'}))
    return
  end
  if not field(hash, 'data') then
    return
  end
  local origin = field(hash, 'origin')
  if not origin or origin == '' then
    origin = queue_name(q)
  end
  if not is_utf8(id) then
    fail_unstarted(id, q, hash, origin, 'its id is not UTF-8')
  elseif not is_utf8(origin) then
    fail_unstarted(id, q, hash, origin, 'its origin is not UTF-8')
  else
    return hash, origin
  end
end

local function pop(q)
  local id = not unusable_queues[q] and redis.pcall('LPOP', KEYS[q + 1])
  if is_refused(id) then
    block_queue(q)
    return false
  end
  return id
end

local function next_of_all()
  for q = 1, queues do
    local id = pop(q)
    while id do
      local hash, origin = job_of(id, q)
      if hash then
        return id, q, hash, origin
      end
      skips_left = skips_left - 1
      if skips_left <= 0 then
        return
      end
      id = pop(q)
    end
  end
end

-- Whether a named job is still the one that was looked at, and still queued; it no longer is then.
local function withdraw(q, id, digest)
  local data = redis.pcall('HGET', 'rq:job:' .. id, 'data')
  if type(data) ~= 'string' or redis.sha1hex(data) ~= digest then
    return false
  end
  local removed = redis.pcall('LREM', KEYS[q + 1], 1, id)
  return is_refused(removed) and removed or removed == 1
end

local next_named = first_named
local function next_of_named()
  while next_named < #ARGV do
    local q, id, digest = ARGV[next_named] + 1, ARGV[next_named + 1], ARGV[next_named + 2]
    next_named = next_named + 3
    local withdrawn = not unusable_queues[q] and withdraw(q, id, digest)
    if is_refused(withdrawn) then
      block_queue(q)
    elseif withdrawn then
      local hash, origin = job_of(id, q)
      if hash then
        return id, q, hash, origin
      end
    end
  end
end

-- Now as the job's producer can read it: a pickle that is not compressed comes from RQ before 0.10,
-- and before 0.9 times have no fraction.
local function readable_time(hash)
  local first = string.byte(field(hash, 'data'))
  if first == 0x80 or first == 0x28 then
    return (string.gsub(now_text, '%.%d+Z$', 'Z'))
  end
  return now_text
end

-- Marks a job started. Returns for how many seconds its worker's hash lives; false, with nothing
-- written, where a key is not of RQ's type.
local function start(id, hash, origin, worker, execution, worked, alive_until)
  local timeout, ttl = tonumber(field(hash, 'timeout')), 90
  if timeout and timeout > 0 and timeout < 30 then
    ttl = math.floor(timeout) + 60
  end
  local member = id .. ':' .. execution
  local execution_key, executions_key = 'rq:execution:' .. member, 'rq:executions:' .. id
  local worker_key, started_key = 'rq:worker:' .. worker, 'rq:wip:' .. origin
  if is_refused(redis.pcall('ZADD', executions_key, now + ttl + 60, execution)) then
    return false
  end
  if is_refused(redis.pcall('HSET', execution_key, 'id', execution, 'job_id', id,
      'created_at', now_float, 'last_heartbeat', now_float, 'worker_name', worker)) then
    redis.call('ZREM', executions_key, execution)
    return false
  end
  local refused = is_refused(redis.pcall('ZADD', started_key, now + ttl, member))
  refused = is_refused(redis.pcall('SADD', worker_key .. ':executions', member)) or refused
  local shown = {'state', 'busy', 'current_job', id, 'current_job_working_time', '0',
    'last_heartbeat', now_text}
  if worked ~= '' then
    shown[9], shown[10] = 'total_working_time', worked
  end
  local added = redis.pcall('HSET', worker_key, unpack(shown))
  refused = is_refused(added) or refused
  if refused then
    redis.call('ZREM', executions_key, execution)
    redis.call('DEL', execution_key)
    redis.pcall('ZREM', started_key, member)
    redis.pcall('SREM', worker_key .. ':executions', member)
    redis.pcall('HSET', worker_key, 'state', 'idle')
    redis.pcall('HDEL', worker_key, 'current_job')
    return false
  end
  redis.call('EXPIRE', executions_key, ttl + 60)
  redis.call('EXPIRE', execution_key, ttl)
  redis.call('EXPIRE', worker_key .. ':executions', ttl)
  -- One job after the other: the hash expires as before, give or take a second, unless it is new.
  if now + ttl > tonumber(alive_until) + 1 or added == #shown / 2 then
    redis.call('EXPIRE', worker_key, ttl)
  else
    ttl = alive_until - now
  end
  local text = readable_time(hash)
  redis.call('HSET', 'rq:job:' .. id, 'status', 'started', 'started_at', text,
    'last_heartbeat', text, 'worker_name', worker)
  redis.call('PERSIST', 'rq:job:' .. id)
  return ttl
end

-- Deals with a job that could not be started, by what is to blame: itself, its queue, or the slot.
-- Returns true where the slot may try another job.
local function give_up(id, q, hash, origin, worker, execution)
  local own = {'rq:executions:' .. id, 'zset', 'rq:execution:' .. id .. ':' .. execution, 'hash'}
  if origin ~= queue_name(q) then
    own[5], own[6] = 'rq:wip:' .. origin, 'zset'
  end
  local problem = misfit(own)
  if problem then
    fail_unstarted(id, q, hash, origin, problem)
    return true
  end
  redis.call('LPUSH', KEYS[q + 1], id)
  if misfit({'rq:wip:' .. origin, 'zset'}) then
    block_queue(q)
    return true
  end
  local worker_key = 'rq:worker:' .. worker
  block(misfit({worker_key, 'hash', worker_key .. ':executions', 'set'}))
  return false
end

local function slot_arguments(slot)
  local first = FIRST_SLOT + PER_SLOT * slot
  return unpack(ARGV, first, first + PER_SLOT - 1)
end

-- Shows that a slot which has just ended a job got no other one.
local function show_idle(slot)
  local worker, _, worked = slot_arguments(slot)
  if worked == '' then
    return
  end
  local key = 'rq:worker:' .. worker
  redis.pcall('HDEL', key, 'current_job')
  redis.pcall('HSET', key, 'state', 'idle', 'current_job_working_time', '0',
    'last_heartbeat', now_text, 'total_working_time', worked)
  redis.pcall('EXPIRE', key, ARGV[8])
end

local has_job = {}

-- Finds a slot its job. Returns false where there is none left.
local function serve(slot)
  local worker, execution, worked, alive_until = slot_arguments(slot)
  while true do
    local id, q, hash, origin = (only_named and next_of_named or next_of_all)()
    if not id then
      return false
    end
    local alive_for = start(id, hash, origin, worker, execution, worked, alive_until)
    if alive_for then
      has_job[slot] = true
      report('claimed', slot, q - 1, id, hash, alive_for)
      return true
    end
    if not give_up(id, q, hash, origin, worker, execution) then
      return true
    end
    skips_left = skips_left - 1
    if skips_left <= 0 then
      return false
    end
  end
end

local suspended = redis.call('EXISTS', KEYS[1]) == 1
for slot = 0, slots - 1 do
  if suspended then
    reply[1] = 'suspended'
    break
  end
  if not serve(slot) then
    if skips_left > 0 then
      reply[1] = 'drained'
    end
    break
  end
end
for slot = 0, slots - 1 do
  if not has_job[slot] then
    show_idle(slot)
  end
end
if blocked then
  reply[1] = next(has_job) and 'more' or 'blocked'
end
return reply
