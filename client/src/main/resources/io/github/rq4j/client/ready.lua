-- Enqueues jobs that became ready and whose worker ended before it enqueued them. Joined behind
-- enqueue.lua.
--
-- Mirrors the clean-up of RQ 3.0's ready registry.
--
-- KEYS[1] rq:ready:{queue}
-- ARGV[1] the queue
-- ARGV[2] now, as text for hashes
-- ARGV[3] now, in whole Unix seconds
-- ARGV[4] how many entries to handle at most
--
-- Reply: {entries handled, jobs enqueued}.

local ids = redis.call('ZRANGE', KEYS[1], 0, tonumber(ARGV[4]) - 1)
local enqueued = 0
for _, id in ipairs(ids) do
  local key = 'rq:job:' .. id
  local status = redis.pcall('HGET', key, 'status')
  if status == 'ready_to_enqueue' and redis.call('HEXISTS', key, 'data') == 1 then
    enqueue_job(id, ARGV[1], tonumber(ARGV[3]), ARGV[2])
    enqueued = enqueued + 1
  end
  redis.call('ZREM', KEYS[1], id)
end
return {#ids, enqueued}
