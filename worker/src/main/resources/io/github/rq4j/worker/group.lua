-- Takes jobs that no longer exist out of a group, and forgets a group that has none left.
--
-- Mirrors the clean-up of groups of RQ 2.0 and later.
--
-- KEYS[1] rq:group:{name}
-- KEYS[2] rq:groups
-- ARGV[1] the group's name
-- ARGV[2..] ids of its jobs
--
-- Reply: how many were removed.

local removed = 0
for i = 2, #ARGV do
  if redis.call('EXISTS', 'rq:job:' .. ARGV[i]) == 0 then
    removed = removed + redis.call('SREM', KEYS[1], ARGV[i])
  end
end
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('SREM', KEYS[2], ARGV[1])
end
return removed
