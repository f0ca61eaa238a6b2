-- Takes workers whose hash has expired off the lists of workers.
--
-- Mirrors clean_worker_registry of RQ.
--
-- KEYS[1] rq:workers:{queue}
-- KEYS[2] rq:workers
-- ARGV    keys of workers
--
-- Reply: how many were removed.

local removed = 0
for _, worker in ipairs(ARGV) do
  if redis.call('EXISTS', worker) == 0 then
    removed = removed + redis.call('SREM', KEYS[1], worker)
    redis.call('SREM', KEYS[2], worker)
  end
end
return removed
