-- What keeps a job from ever being started, and its end. Joined behind enqueue.lua and dependents.lua,
-- in front of claim.lua.

local YEAR = 31536000

local function field(hash, name)
  for i = 1, #hash, 2 do
    if hash[i] == name then
      return hash[i + 1]
    end
  end
  return nil
end

-- Says which of the keys, each followed by its type, holds something else.
local function misfit(expected)
  for i = 1, #expected, 2 do
    local found = redis.call('TYPE', expected[i]).ok
    if found ~= 'none' and found ~= expected[i + 1] then
      return expected[i] .. ' is a ' .. found .. ', not a ' .. expected[i + 1]
    end
  end
end

-- Whether Java reads from the bytes the same key that they stand for here.
local function is_utf8(bytes)
  if not string.find(bytes, '[\128-\255]') then
    return true
  end
  for _, sequence in ipairs({'[\194-\223][\128-\191]', '\224[\160-\191][\128-\191]',
    '\237[\128-\159][\128-\191]', '[\225-\236\238\239][\128-\191][\128-\191]',
    '\240[\144-\191][\128-\191][\128-\191]', '[\241-\243][\128-\191][\128-\191][\128-\191]',
    '\244[\128-\143][\128-\191][\128-\191]'}) do
    bytes = string.gsub(bytes, sequence, ' ')
  end
  return not string.find(bytes, '[\128-\255]')
end

-- Fails the job, as far as its keys allow, and enqueues the jobs that waited for it whatever becomes
-- of it. The text is the failure's for the result stream, compressed, in base64.
local function quarantine(id, hash, origin, problem, text, now, now_text)
  local key = 'rq:job:' .. id
  local ttl = tonumber(field(hash, 'failure_ttl')) or YEAR
  redis.call('HSET', key, 'status', 'failed', 'ended_at', now_text,
    'exc_info', 'The job could not be started: ' .. problem)
  if ttl >= 1 and ttl < 1e12 then
    redis.call('EXPIRE', key, math.floor(ttl))
  end
  redis.pcall('ZADD', 'rq:failed:' .. origin, ttl >= 1 and now + math.floor(ttl) or -1, id)
  local results = 'rq:results:' .. id
  redis.pcall('XADD', results, 'MAXLEN', '~', '10', '*', 'type', '2', 'exc_string', text)
  redis.pcall('EXPIRE', results, YEAR)
  release_dependents(id, true, now, now_text)
end
