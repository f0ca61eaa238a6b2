-- Releases a lock if it is still ours.
--
-- KEYS[1] the lock
-- ARGV[1] what stands for us in it
--
-- Reply: 1, or 0 where it is not ours any more.

if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
