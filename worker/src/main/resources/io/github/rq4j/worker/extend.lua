-- Keeps an execution from counting as abandoned for some time; never shortens what it has.
--
-- Mirrors Job.heartbeat as RQ 1.x has it; later releases only write the time of the heartbeat.
--
-- KEYS[1] rq:job:{id}
-- ARGV[1] job id
-- ARGV[2] execution id
-- ARGV[3] origin
-- ARGV[4] now, as text for hashes
-- ARGV[5] now, in whole Unix seconds
-- ARGV[6] now, in Unix seconds with fraction
-- ARGV[7] seconds
--
-- Reply: 1, or 0 where the execution is not in the started registry any more.

local member = ARGV[1] .. ':' .. ARGV[2]
local started_key = 'rq:wip:' .. ARGV[3]
local now = tonumber(ARGV[5])
local score = redis.call('ZSCORE', started_key, member)
if not score then
  return 0
end
local due = math.max(tonumber(score), now + tonumber(ARGV[7]))
local ttl = due - now
redis.call('ZADD', started_key, due, member)
redis.call('HSET', 'rq:execution:' .. member, 'last_heartbeat', ARGV[6])
redis.call('EXPIRE', 'rq:execution:' .. member, ttl)
redis.call('ZADD', 'rq:executions:' .. ARGV[1], due + 60, ARGV[2])
redis.call('EXPIRE', 'rq:executions:' .. ARGV[1], ttl + 60)
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('HSET', KEYS[1], 'last_heartbeat', ARGV[4])
end
return 1
