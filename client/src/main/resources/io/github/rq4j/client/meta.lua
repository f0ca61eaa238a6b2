-- Writes a job's meta, unless the job is gone: a lone field would come back as half a job.
--
-- KEYS[1] the job's key
-- ARGV[1] the serialized meta
--
-- Reply: whether there is such a job.

if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
redis.call('HSET', KEYS[1], 'meta', ARGV[1])
return 1
