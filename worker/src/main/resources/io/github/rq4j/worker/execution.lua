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
-- ARGV[7] seconds until the worker's hash expires unless it sends a heartbeat
-- ARGV[8] seconds that the job took
-- ARGV[9] fields of the job that the outcome makes void, joined by commas; may be empty

local job_key = KEYS[1]
local job_id, execution_id, origin, worker = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local now_text, now = ARGV[5], tonumber(ARGV[6])

-- Counts the run among the worker's, and returns the fields that say so.
local function counted(worker_key, counter)
  local before = redis.call('HMGET', worker_key, counter, 'total_working_time')
  return counter, string.format('%d', (tonumber(before[1]) or 0) + 1),
    'total_working_time', string.format('%.6f', (tonumber(before[2]) or 0) + tonumber(ARGV[8]))
end

-- Ends the worker's part. Returns false where the job is no longer this execution's: it was
-- declared abandoned, canceled or deleted meanwhile, or this very step was done before and its
-- reply was lost. Nothing else may then be written. Without a counter nothing is counted. With a
-- positive ttl the job lives for that many more seconds.
local function end_execution(counter, ttl)
  local member = job_id .. ':' .. execution_id
  local worker_key = 'rq:worker:' .. worker
  local ours = redis.call('ZREM', 'rq:wip:' .. origin, member) == 1
  redis.call('DEL', 'rq:execution:' .. member)
  redis.call('ZREM', 'rq:executions:' .. job_id, execution_id)
  redis.call('SREM', worker_key .. ':executions', member)
  redis.call('HDEL', worker_key, 'current_job')
  if ours and counter then
    redis.call('HSET', worker_key, 'state', 'idle', 'current_job_working_time', '0',
      'last_heartbeat', now_text, counted(worker_key, counter))
  else
    redis.call('HSET', worker_key, 'state', 'idle', 'current_job_working_time', '0',
      'last_heartbeat', now_text)
  end
  redis.call('EXPIRE', worker_key, ARGV[7])
  if not ours then
    return false
  end
  if ttl and ttl > 0 then
    return redis.call('EXPIRE', job_key, ttl) == 1
  end
  return redis.call('EXISTS', job_key) == 1
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
