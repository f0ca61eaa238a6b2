-- Puts a rate limit in order, a bounded number of jobs at a time: gives back places whose jobs need
-- them no more, lets waiting jobs through, and in the end forgets a limit that no job is under.
-- Joined behind enqueue.lua.
--
-- Mirrors the clean-up of RQ 3.0's rate limits.
--
-- KEYS[1] rq:rl:{limit}:allowed
-- KEYS[2] rq:rl:{limit}:rate_limited
-- KEYS[3] rq:rl:{limit}
-- KEYS[4] rq:rl-keys
-- ARGV[1] the limit's key
-- ARGV[2] now, as text for hashes
-- ARGV[3] now, in whole Unix seconds
-- ARGV[4] how many places are known to be needed: 0, then the reply of the step before
-- ARGV[5] how many places, and how many waiting jobs, to look at
--
-- Reply: how many places are known to be needed; -1 where there is nothing left to do.

local now, needed, most = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])

local places = redis.call('ZRANGE', KEYS[1], needed, needed + most - 1)
for _, id in ipairs(places) do
  if needs_place(id, now) then
    needed = needed + 1
  else
    redis.call('ZREM', KEYS[1], id)
  end
end
local concurrency = tonumber(redis.call('HGET', KEYS[3], 'concurrency') or 0) or 0
local promoted = promote_rate_limited(ARGV[1], concurrency, most, now, ARGV[2])
if #places == most or promoted == most then
  return needed
end
if redis.call('EXISTS', KEYS[1], KEYS[2]) == 0 then
  redis.call('DEL', KEYS[3])
  redis.call('SREM', KEYS[4], ARGV[1])
end
return -1
