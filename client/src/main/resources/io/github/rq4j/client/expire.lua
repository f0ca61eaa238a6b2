-- Removes entries whose time is over from a registry, a bounded number at a time.
--
-- Mirrors the clean-up of RQ's finished and failed registries. Entries with a score of -1 are kept.
--
-- KEYS[1] the registry
-- ARGV[1] now, in whole Unix seconds
-- ARGV[2] how many to remove at most
--
-- Reply: how many were removed.

local members = redis.call('ZRANGEBYSCORE', KEYS[1], 0, ARGV[1], 'LIMIT', 0, ARGV[2])
if #members > 0 then
  redis.call('ZREM', KEYS[1], unpack(members))
end
return #members
