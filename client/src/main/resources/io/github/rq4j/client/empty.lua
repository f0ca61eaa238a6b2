-- Takes jobs off a queue and deletes them, as RQ's Queue.empty, so many at a time that the server
-- is not kept busy for long. Joined behind job.lua, whose job it has no use for.
--
-- ARGV[4] name of the queue
-- ARGV[5] how many at most
--
-- Reply: how many.

local count = 0
while count < tonumber(ARGV[5]) do
  local id = redis.call('LPOP', 'rq:queue:' .. ARGV[4])
  if not id then
    break
  end
  count = count + 1
  local job = redis.call('HMGET', 'rq:job:' .. id, 'group_id', 'rate_limit_key')
  erase(id, job[1], job[2])
end
return count
