-- Gives the data of jobs that wait, for the worker to see which function they are for. Reads only.
--
-- ARGV[1]  how many bytes to give at most, unless the first job has more
-- ARGV[2..] job ids
--
-- Reply: the data of each job in turn, nil where there is no job; ends early where the bytes run out.

local reply, bytes_left = {}, tonumber(ARGV[1])
for i = 2, #ARGV do
  local key = 'rq:job:' .. ARGV[i]
  local length = redis.pcall('HSTRLEN', key, 'data')
  if type(length) == 'number' then
    bytes_left = bytes_left - length
  end
  if bytes_left < 0 and #reply > 0 then
    break
  end
  local data = redis.pcall('HGET', key, 'data')
  reply[#reply + 1] = type(data) == 'string' and data or false
end
return reply
