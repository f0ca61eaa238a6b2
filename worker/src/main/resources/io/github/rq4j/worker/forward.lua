-- Hands jobs over to another queue, as one step each: a job is in one queue or in the other.
--
-- KEYS[1]  rq:suspended
-- KEYS[2]  the queue that they wait in
-- KEYS[3]  the queue that they go to
-- KEYS[4]  rq:queues
-- ARGV[1]  the name of the queue that they go to, which becomes their origin
-- then for each job: its id, the SHA-1 of its data, or nothing where there was no job behind the id
--
-- Reply: the ids that were handed over. Ids without a job are dropped, as the claim does.

local moved = {}
if redis.call('EXISTS', KEYS[1]) == 1 then
  return moved
end
for i, kind in ipairs({'string', 'list', 'list', 'set'}) do
  local found = redis.call('TYPE', KEYS[i]).ok
  if found ~= 'none' and found ~= kind then
    return redis.error_reply('WRONGTYPE ' .. KEYS[i] .. ' is a ' .. found .. ', not a ' .. kind)
  end
end
for i = 2, #ARGV, 2 do
  local id, digest = ARGV[i], ARGV[i + 1]
  local key = 'rq:job:' .. id
  local data = redis.pcall('HGET', key, 'data')
  if type(data) ~= 'string' then
    if digest == '' then
      redis.call('LREM', KEYS[2], 1, id)
    end
  elseif redis.sha1hex(data) == digest and redis.call('LREM', KEYS[2], 1, id) == 1 then
    redis.call('HSET', key, 'origin', ARGV[1])
    redis.call('SADD', KEYS[4], KEYS[3])
    redis.call('RPUSH', KEYS[3], id)
    moved[#moved + 1] = id
  end
end
return moved
