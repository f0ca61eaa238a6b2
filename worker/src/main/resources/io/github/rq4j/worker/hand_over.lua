-- Enqueues the job that runs a callback in Python. Calls pass these arguments from a place that the
-- script knows, or leave them out where there is no such job:
--
-- first      its queue
-- first + 1  its id
-- first + 2  field, value, field, value ... of its hash

local function hand_over(first)
  local queue, id = ARGV[first], ARGV[first + 1]
  if queue then
    redis.call('HSET', 'rq:job:' .. id, unpack(ARGV, first + 2))
    redis.call('SADD', 'rq:queues', 'rq:queue:' .. queue)
    redis.call('RPUSH', 'rq:queue:' .. queue, id)
  end
end
