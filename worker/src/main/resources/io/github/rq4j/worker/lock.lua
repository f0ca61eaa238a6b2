-- Takes a lock, or extends it where it is ours already.
--
-- Mirrors the scheduler's lock of RQ 3.0.
--
-- KEYS[1] the lock
-- ARGV[1] what stands for us in it
-- ARGV[2] seconds until it expires
--
-- Reply: 1 taken, 2 was ours and is extended, 0 somebody else's.

local owner = redis.call('GET', KEYS[1])
if not owner then
  redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
  return 1
end
if owner == ARGV[1] then
  redis.call('EXPIRE', KEYS[1], ARGV[2])
  return 2
end
return 0
