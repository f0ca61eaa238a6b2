-- Takes ids without a job out of a part of a queue.
--
-- ARGV[1] the queue's key
-- ARGV[2] index of the first id to look at, ARGV[3] of the last
--
-- Reply: how many ids were looked at, and how many are gone.

local ids = redis.call('LRANGE', ARGV[1], ARGV[2], ARGV[3])
local gone = 0
for _, id in ipairs(ids) do
  if redis.call('EXISTS', 'rq:job:' .. id) == 0 then
    gone = gone + redis.call('LREM', ARGV[1], 1, id)
  end
end
return {#ids, gone}
