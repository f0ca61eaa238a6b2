-- What every end of an execution has in common. Joined in front of finish.lua, fail.lua, stop.lua,
-- retry.lua and requeue.lua, which read their own arguments from ARGV[10] on.
--
-- KEYS[1] rq:job:{id}
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

-- Ends the worker's part. Returns false where the job is no longer this execution's: it was
-- declared abandoned, canceled or deleted meanwhile, or this very step was done before and its
-- reply was lost. Nothing else may then be written. Without a counter nothing is counted.
local function end_execution(counter)
  local member = job_id .. ':' .. execution_id
  local worker_key = 'rq:worker:' .. worker
  local ours = redis.call('ZREM', 'rq:wip:' .. origin, member) == 1
  redis.call('DEL', 'rq:execution:' .. member)
  redis.call('ZREM', 'rq:executions:' .. job_id, execution_id)
  redis.call('SREM', worker_key .. ':executions', member)
  if redis.call('HGET', worker_key, 'current_job') == job_id then
    redis.call('HDEL', worker_key, 'current_job')
  end
  redis.call('HSET', worker_key, 'state', 'idle', 'current_job_working_time', '0',
    'last_heartbeat', now_text)
  redis.call('EXPIRE', worker_key, ARGV[7])
  if ours and counter then
    redis.call('HINCRBY', worker_key, counter, 1)
    redis.call('HINCRBYFLOAT', worker_key, 'total_working_time', ARGV[8])
  end
  return ours and redis.call('EXISTS', job_key) == 1
end

local function drop_void_fields()
  for name in string.gmatch(ARGV[9], '[^,]+') do
    redis.call('HDEL', job_key, name)
  end
end

-- Lets the job and what belongs to it live for ttl more seconds; negative: without end.
local function expire_job(ttl)
  if ttl > 0 then
    redis.call('EXPIRE', job_key, ttl)
    redis.call('EXPIRE', job_key .. ':dependents', ttl)
    redis.call('EXPIRE', 'rq:job::' .. job_id .. ':dependencies', ttl)
  end
end

local function delete_job()
  local group = redis.call('HGET', job_key, 'group_id')
  if group and group ~= '' then
    redis.call('SREM', 'rq:group:' .. group, job_id)
  end
  redis.call('DEL', job_key, job_key .. ':dependents', 'rq:job::' .. job_id .. ':dependencies',
    'rq:executions:' .. job_id, 'rq:results:' .. job_id)
end

-- Appends to the job's results as RQ 2.8 and later do; pairs are the entry's further fields.
local function add_result(type, ttl, pairs)
  local results = 'rq:results:' .. job_id
  redis.call('XADD', results, 'MAXLEN', '~', '10', '*', 'type', type, 'worker_name', worker,
    'execution_id', execution_id, unpack(pairs))
  if ttl > 0 then
    redis.call('EXPIRE', results, ttl)
  else
    redis.call('PERSIST', results)
  end
end
