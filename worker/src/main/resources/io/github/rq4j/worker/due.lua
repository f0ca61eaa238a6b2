-- Enqueues jobs whose time has come, a bounded number at a time, if we are still the one to do so.
-- Joined behind enqueue.lua.
--
-- Mirrors enqueue_scheduled_jobs of RQ 3.0. An id without a job is dropped only when it is met a
-- second time: RQ's enqueue_at writes the entry before the job, and a time in the past is due at
-- once. The fraction in the score marks those met before; RQ writes whole seconds.
--
-- KEYS[1] rq:scheduler-lock:{queue}
-- KEYS[2] rq:scheduled:{queue}
-- ARGV[1] what stands for us in the lock
-- ARGV[2] the queue
-- ARGV[3] now, as text for hashes
-- ARGV[4] now, in whole Unix seconds
-- ARGV[5] how many entries to handle at most
--
-- Reply: how many entries were handled; -1 where the lock is not ours.

if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return -1
end
local now = tonumber(ARGV[4])
local due = redis.call('ZRANGEBYSCORE', KEYS[2], 0, now, 'WITHSCORES', 'LIMIT', 0, ARGV[5])
for i = 1, #due, 2 do
  local id, score = due[i], tonumber(due[i + 1])
  local key = 'rq:job:' .. id
  local exists = redis.pcall('HEXISTS', key, 'data')
  if exists == 1 then
    if redis.call('HGET', key, 'status') ~= 'canceled' then
      enqueue_job(id, ARGV[2], now, ARGV[3])
    end
    redis.call('ZREM', KEYS[2], id)
  elseif exists == 0 and score == math.floor(score) then
    redis.call('ZADD', KEYS[2], now + 1.5, id)
  else
    redis.call('ZREM', KEYS[2], id)
  end
end
return #due / 2
