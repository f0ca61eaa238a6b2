-- Takes places under a rate limit away from jobs that no longer need one. Joined behind enqueue.lua.
--
-- Mirrors the first half of the clean-up of RQ 3.0's rate limits. A job keeps its place while it is
-- queued or started, and, whatever its status, while one of its executions is alive.
--
-- KEYS[1] rq:rl:{limit}:allowed
-- ARGV[1] now, in whole Unix seconds
-- ARGV[2..] job ids
--
-- Reply: how many places were freed.

local freed = 0
for i = 2, #ARGV do
  local status = redis.pcall('HGET', 'rq:job:' .. ARGV[i], 'status')
  if status ~= 'queued' and status ~= 'started'
      and redis.call('ZCOUNT', 'rq:executions:' .. ARGV[i], '(' .. ARGV[1], '+inf') == 0 then
    freed = freed + redis.call('ZREM', KEYS[1], ARGV[i])
  end
end
return freed
