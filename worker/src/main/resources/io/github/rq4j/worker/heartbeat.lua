-- Tells that an execution is alive. Writes nothing where it has ended or was taken away meanwhile.
--
-- Mirrors the heartbeat that RQ 3.0's worker sends while its horse runs.
--
-- KEYS[1] rq:job:{id}
-- ARGV[1] job id
-- ARGV[2] execution id
-- ARGV[3] origin
-- ARGV[4] worker name
-- ARGV[5] now, as text for hashes
-- ARGV[6] now, in whole Unix seconds
-- ARGV[7] now, in Unix seconds with fraction
-- ARGV[8] seconds until the execution counts as abandoned
-- ARGV[9] seconds that the job has been running
--
-- Reply: 1, or 0 where the execution is not in the started registry any more.

local member = ARGV[1] .. ':' .. ARGV[2]
local ttl = tonumber(ARGV[8])
local started_key = 'rq:wip:' .. ARGV[3]
local score = redis.call('ZSCORE', started_key, member)
if not score then
  return 0
end
-- The job itself may have asked for more.
local due = math.max(tonumber(ARGV[6]) + ttl, tonumber(score))
local claim_ttl = due - tonumber(ARGV[6])
redis.call('ZADD', started_key, due, member)
redis.call('HSET', 'rq:execution:' .. member, 'last_heartbeat', ARGV[7])
redis.call('EXPIRE', 'rq:execution:' .. member, claim_ttl)
redis.call('ZADD', 'rq:executions:' .. ARGV[1], due + 60, ARGV[2])
redis.call('EXPIRE', 'rq:executions:' .. ARGV[1], claim_ttl + 60)
redis.call('EXPIRE', 'rq:worker:' .. ARGV[4] .. ':executions', ttl)
redis.call('HSET', 'rq:worker:' .. ARGV[4], 'state', 'busy', 'current_job', ARGV[1],
  'last_heartbeat', ARGV[5], 'current_job_working_time', ARGV[9])
redis.call('EXPIRE', 'rq:worker:' .. ARGV[4], ttl)
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('HSET', KEYS[1], 'last_heartbeat', ARGV[5])
end
return 1
