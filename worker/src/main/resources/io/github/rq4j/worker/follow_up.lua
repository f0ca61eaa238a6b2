-- What few jobs need when their outcome is stored. Joined behind enqueue.lua
-- and execution.lua. Calls pass these
-- arguments behind those of the script, from a place that the script knows, or leave them out:
--
-- first      the key of the rate limit under which the job gives up its place; may be empty
-- first + 1  the queue of a job that runs a callback in Python; may be missing
-- first + 2  that job's id
-- first + 3  field, value, field, value ... of its hash

local function follow_up(first)
  local key, queue = ARGV[first], ARGV[first + 1]
  release_rate_limit(job_id, key, now, now_text)
  if queue then
    redis.call('HSET', 'rq:job:' .. ARGV[first + 2], unpack(ARGV, first + 3))
    redis.call('SADD', 'rq:queues', 'rq:queue:' .. queue)
    redis.call('RPUSH', 'rq:queue:' .. queue, ARGV[first + 2])
  end
end
