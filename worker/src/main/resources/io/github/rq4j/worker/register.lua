-- Registers a worker, unless another one is alive under its name.
--
-- Mirrors register_birth of RQ 3.0.
--
-- KEYS[1]  rq:worker:{name}
-- KEYS[2]  rq:workers
-- KEYS[3..] rq:workers:{queue}, one per queue
-- ARGV[1]  seconds until the hash expires unless the worker sends a heartbeat
-- ARGV[2]  '1' where the worker was registered before and its hash was lost
-- ARGV[3..] field, value, field, value ... of the hash
--
-- Reply: 1, or 0 where the name is taken.

if ARGV[2] ~= '1' and redis.call('EXISTS', KEYS[1]) == 1
    and redis.call('HEXISTS', KEYS[1], 'death') == 0 then
  return 0
end
if ARGV[2] ~= '1' then
  redis.call('DEL', KEYS[1])
end
redis.call('HSET', KEYS[1], unpack(ARGV, 3))
for i = 2, #KEYS do
  redis.call('SADD', KEYS[i], KEYS[1])
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
return 1
