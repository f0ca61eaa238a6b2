-- Fills the free places under a rate limit, and forgets a rate limit that nobody uses any more.
-- Joined behind enqueue.lua.
--
-- Mirrors the second half of the clean-up of RQ 3.0's rate limits.
--
-- KEYS[1] rq:rl:{limit}:allowed
-- KEYS[2] rq:rl:{limit}:rate_limited
-- KEYS[3] rq:rl:{limit}
-- KEYS[4] rq:rl-keys
-- ARGV[1] the limit's key
-- ARGV[2] now, as text for hashes
-- ARGV[3] now, in whole Unix seconds
-- ARGV[4] how many waiting jobs to look at most
--
-- Reply: how many waiting jobs were looked at.

local concurrency = tonumber(redis.call('HGET', KEYS[3], 'concurrency') or 0) or 0
local seen = promote_rate_limited(ARGV[1], concurrency, tonumber(ARGV[4]), tonumber(ARGV[3]), ARGV[2])
if redis.call('EXISTS', KEYS[1], KEYS[2]) == 0 then
  redis.call('DEL', KEYS[3])
  redis.call('SREM', KEYS[4], ARGV[1])
end
return seen
