-- Stores the end of a job that ran in the thread that enqueued it, as one step.
--
-- Mirrors run_sync of RQ 3.0: the job's worker is called 'sync', the result's has no name, and the
-- jobs that wait for this one stay where they are. Unlike RQ, the results of a failed job end with
-- the job, a failure that is not to be kept leaves nothing, and the hash has the result, too.
--
-- KEYS[1] rq:job:{id}
-- ARGV[1] job id
-- ARGV[2] the queue's name
-- ARGV[3] now, as text for hashes
-- ARGV[4] now, in whole Unix seconds
-- ARGV[5] when the job was started, as text for hashes
-- ARGV[6] 'finished' or 'failed'
-- ARGV[7] seconds to keep the job: 0 deletes it, negative keeps it for ever
-- ARGV[8] the field of the hash that holds the result or traceback for clients of RQ before 1.12
-- ARGV[9] its value; both are missing where the function returned None
-- ARGV[10..] further fields of the result and their values in turn
--
-- Reply: 1, or 0 where the job is gone and nothing was stored.

local key, id, queue, now = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[4])
local finished, ttl = ARGV[6] == 'finished', tonumber(ARGV[7])
local results = 'rq:results:' .. id

if redis.call('EXISTS', key) == 0 then
  return 0
end
if ttl == 0 then
  local group = redis.call('HGET', key, 'group_id')
  if group and group ~= '' then
    redis.call('SREM', 'rq:group:' .. group, id)
  end
  redis.call('DEL', key, key .. ':dependents', 'rq:job::' .. id .. ':dependencies', results)
  return 1
end
redis.call('HSET', key, 'status', ARGV[6], 'started_at', ARGV[5], 'last_heartbeat', ARGV[5],
  'worker_name', 'sync')
if finished then
  redis.call('HSET', key, 'ended_at', ARGV[3])
end
if ARGV[8] then
  redis.call('HSET', key, ARGV[8], ARGV[9])
end
redis.call('XADD', results, 'MAXLEN', '~', '10', '*', 'type', finished and '1' or '2', 'worker_name',
  '', unpack(ARGV, 10))
if ttl > 0 then
  redis.call('EXPIRE', results, ttl)
  redis.call('EXPIRE', key, ttl)
  redis.call('EXPIRE', key .. ':dependents', ttl)
  redis.call('EXPIRE', 'rq:job::' .. id .. ':dependencies', ttl)
else
  redis.call('PERSIST', results)
end
if finished then
  redis.call('ZADD', 'rq:finished:' .. queue, ttl > 0 and now + ttl or '+inf', id)
else
  redis.call('ZADD', 'rq:failed:' .. queue, ttl > 0 and now + ttl or -1, id)
end
return 1
