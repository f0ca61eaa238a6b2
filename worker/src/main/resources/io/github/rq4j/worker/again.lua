-- Sends a job that ran back to its queue, or to the scheduled registry. Joined behind execution.lua.
--
-- due: when to run again in whole Unix seconds, 0 for at once
-- ttl: for how many seconds the job may wait, 0 for as long as need be

local function run_again(due, at_front, ttl)
  redis.call('SADD', 'rq:queues', 'rq:queue:' .. origin)
  if due > 0 then
    redis.call('HSET', job_key, 'status', 'scheduled')
    redis.call('ZADD', 'rq:scheduled:' .. origin, due, job_id)
  else
    redis.call('HSET', job_key, 'status', 'queued', 'enqueued_at', now_text)
    redis.call(at_front and 'LPUSH' or 'RPUSH', 'rq:queue:' .. origin, job_id)
  end
  if ttl > 0 then
    redis.call('EXPIRE', job_key, ttl)
    expire_relations(ttl, true)
  end
end
