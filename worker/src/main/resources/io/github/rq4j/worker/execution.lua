-- What every end of an execution has in common. Joined in front of finish.lua, fail.lua, stop.lua,
-- retry.lua and requeue.lua, which read their own arguments from ARGV[10] on.
--
-- KEYS[1] rq:job:{id}
-- KEYS[2] rq:job::{id}:dependencies, where the job has waited for others
-- ARGV[1] job id
-- ARGV[2] execution id
-- ARGV[3] origin: the queue that the job belongs to
-- ARGV[4] worker name
-- ARGV[5] now, as text for hashes
-- ARGV[6] now, in whole Unix seconds
-- ARGV[7] what becomes of the worker's hash: seconds until it expires unless it sends a heartbeat;
--         empty where a claim for the same slot comes behind in the same round trip, and tells its
--         state; '0' where the slot has another job by now
-- ARGV[8] seconds that the slot has worked in all; empty where they are as before
-- ARGV[9] fields of the job that the outcome makes void, joined by commas; may be empty
--
-- A script is not rolled back where a command fails, for a key that is not of RQ's type.

local job_key = KEYS[1]
local job_id, execution_id, origin, worker = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local now_text, now = ARGV[5], tonumber(ARGV[6])
-- For how long an outcome that was refused keeps its job in the started registry.
local UNTIL_ABANDONED = 60

-- What the worker's keys hold is no reason to lose an outcome: the next claim tells what is amiss.
local function show_idle(worker_key)
  redis.pcall('HDEL', worker_key, 'current_job')
  local shown = {'state', 'idle', 'current_job_working_time', '0', 'last_heartbeat', now_text}
  if ARGV[8] ~= '' then
    shown[7], shown[8] = 'total_working_time', ARGV[8]
  end
  redis.pcall('HSET', worker_key, unpack(shown))
  redis.pcall('EXPIRE', worker_key, ARGV[7])
end

-- The job was declared abandoned, canceled or deleted meanwhile, or its outcome is stored already
-- and the reply was lost; then the slot may have another job by now.
local function leave(member, worker_key)
  redis.call('DEL', 'rq:execution:' .. member)
  redis.pcall('ZREM', 'rq:executions:' .. job_id, execution_id)
  redis.pcall('SREM', worker_key .. ':executions', member)
  local shown = redis.pcall('HGET', worker_key, 'current_job')
  if tonumber(ARGV[7]) and tonumber(ARGV[7]) > 0 and (not shown or shown == job_id) then
    show_idle(worker_key)
  end
end

-- Ends the run, and stores what follows from that, by a function, if the job is still this
-- execution's; else nothing of the job may be written. Without a counter nothing is counted. With a
-- positive ttl the job lives for that many more seconds.
--
-- Returns the script's reply: 1, or what the function returned, a text about something amiss beside
-- the outcome; 0 where the job was no longer this execution's; or the error for which the outcome
-- could not be stored. Then the job is in the started registry as before, from where another outcome
-- can take it, or else maintenance.
local function end_execution(counter, ttl, store)
  local member = job_id .. ':' .. execution_id
  local worker_key = 'rq:worker:' .. worker
  if redis.call('ZREM', 'rq:wip:' .. origin, member) == 0 then
    leave(member, worker_key)
    return 0
  end
  if ARGV[7] == '0' then
    redis.call('DEL', 'rq:execution:' .. member)
  else
    -- A slot has one job at a time.
    redis.call('DEL', 'rq:execution:' .. member, worker_key .. ':executions')
  end
  redis.pcall('ZREM', 'rq:executions:' .. job_id, execution_id)
  if ARGV[7] ~= '' and ARGV[7] ~= '0' then
    show_idle(worker_key)
  end
  local exists
  if ttl and ttl > 0 then
    exists = redis.call('EXPIRE', job_key, ttl) == 1
  else
    exists = redis.call('EXISTS', job_key) == 1
  end
  local stored, trouble = true, nil
  if exists then
    stored, trouble = pcall(store)
  end
  if not stored then
    redis.call('ZADD', 'rq:wip:' .. origin, now + UNTIL_ABANDONED, member)
    redis.pcall('HSET', job_key, 'status', 'started')
    redis.call('PERSIST', job_key)
    return type(trouble) == 'table' and trouble or redis.error_reply(tostring(trouble))
  end
  if counter then
    redis.pcall('HINCRBY', worker_key, counter, 1)
  end
  return trouble or (exists and 1 or 0)
end

local function drop_void_fields()
  for name in string.gmatch(ARGV[9], '[^,]+') do
    redis.call('HDEL', job_key, name)
  end
end

-- Lets the sets of the jobs that wait for this one, and of those that it has waited for, live for
-- ttl more seconds; negative: without end.
local function expire_relations(ttl, has_dependents)
  if ttl > 0 and has_dependents then
    redis.call('EXPIRE', job_key .. ':dependents', ttl)
  end
  if ttl > 0 and KEYS[2] then
    redis.call('EXPIRE', KEYS[2], ttl)
  end
end

-- Appends to the job's results as RQ 2.8 and later do; pairs are the entry's further fields. A key
-- of another type keeps the result from being stored, but not the job from ending.
local function add_result(type, ttl, pairs)
  local results = 'rq:results:' .. job_id
  redis.pcall('XADD', results, 'MAXLEN', '~', '10', '*', 'type', type, 'worker_name', worker,
    'execution_id', execution_id, unpack(pairs))
  if ttl > 0 then
    redis.call('EXPIRE', results, ttl)
  else
    redis.call('PERSIST', results)
  end
end
