-- Replaces the meta of a job, unless the job was deleted meanwhile: a hash of this field alone
-- would be no job to anybody.
--
-- Mirrors Job.save_meta of RQ.
--
-- KEYS[1] rq:job:{id}
-- ARGV[1] the serialized meta
--
-- Reply: 1, or 0 where there is no such job and nothing was written.

if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
redis.call('HSET', KEYS[1], 'meta', ARGV[1])
return 1
