-- Enqueues a job that was stored before, as one step. Joined behind place.lua.
--
-- Mirrors enqueue_job of RQ 3.0, but leaves alone what does not change.
--
-- KEYS[1] rq:job:{id}
-- ARGV[1] job id
-- ARGV[2] the queue's name
-- ARGV[3] now, as text for hashes
-- ARGV[4] now, in whole Unix seconds
-- ARGV[5] '1' to go to the front of the queue
-- ARGV[6] seconds that the job may run if it says nothing itself
--
-- Reply: the job's status; 'missing' where there is no such job; 'unreadable' where its dependencies,
-- its ttl or its rate limit have not RQ's form. In these two cases nothing was written.

local key = KEYS[1]
local stored = redis.call('HMGET', key, 'data', 'dependency_ids', 'allow_dependency_failures', 'ttl',
  'rate_limit_key', 'rate_limit_concurrency')
if not stored[1] then
  return 'missing'
end
for i = 2, 6 do
  stored[i] = stored[i] or ''
end

local readable, parents = true, {}
if stored[2] ~= '' then
  readable, parents = pcall(cjson.decode, stored[2])
end
local ttl = stored[4] == '' and 0 or tonumber(stored[4])
local concurrency = stored[6] == '' and 0 or tonumber(stored[6])
if not readable or type(parents) ~= 'table' or not ttl or not concurrency then
  return 'unreadable'
end
for _, parent in ipairs(parents) do
  if type(parent) ~= 'string' then
    return 'unreadable'
  end
end

local limit = concurrency > 0 and stored[5] or ''
check_types(ARGV[2], limit, parents)
redis.call('HSET', key, 'origin', ARGV[2])
redis.call('HSETNX', key, 'timeout', ARGV[6])
return place({
  id = ARGV[1],
  queue = ARGV[2],
  now_text = ARGV[3],
  now = tonumber(ARGV[4]),
  ttl = ttl,
  at_front = ARGV[5] == '1',
  allow_failures = stored[3] == '1',
  limit = limit,
  concurrency = concurrency,
  parents = parents,
})
