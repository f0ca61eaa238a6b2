-- Puts a job that was interrupted by the end of its worker back to where it was claimed, as one
-- step. RQ has no such step; the job looks as if it had not been claimed.
--
-- ARGV[10] the queue that it was taken from
-- ARGV[11..] field, value ... that the claim has overwritten
--
-- Reply: see end_execution.

return end_execution(nil, nil, function()
  redis.call('HSET', job_key, 'status', 'queued', unpack(ARGV, 11))
  local ttl = redis.call('HGET', job_key, 'ttl')
  ttl = ttl and tonumber(ttl)
  if ttl and ttl > 0 then
    redis.call('EXPIRE', job_key, ttl)
  end
  redis.call('SADD', 'rq:queues', 'rq:queue:' .. ARGV[10])
  redis.call('LPUSH', 'rq:queue:' .. ARGV[10], job_id)
end)
