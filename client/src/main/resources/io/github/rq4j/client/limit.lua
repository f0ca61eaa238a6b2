-- Puts a rate limit in order, as the clean-up of RQ 3.0: gives back places whose jobs need them no
-- more, lets waiting jobs through, and forgets a limit that nothing is under. Joined behind
-- job.lua, whose job it has no use for.
--
-- ARGV[4] the rate limit's key

local limit = ARGV[4]
local key = 'rq:rl:' .. limit
for _, id in ipairs(redis.call('ZRANGE', key .. ':allowed', 0, -1)) do
  leave_limit(id, limit)
end
fill_places(limit)
if redis.call('ZCARD', key .. ':allowed') == 0 and redis.call('ZCARD', key .. ':rate_limited') == 0 then
  redis.call('SREM', 'rq:rl-keys', limit)
  redis.call('DEL', key)
end
return 1
