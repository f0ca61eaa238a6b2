-- Stores a job and files it where it belongs, as one step. Joined behind place.lua.
--
-- Mirrors enqueue_call, enqueue_at, the unique forms of both, and Job.save of RQ 3.0.
--
-- KEYS[1]  rq:job:{id}
-- ARGV[1]  job id
-- ARGV[2]  the queue's name
-- ARGV[3]  now, as text for hashes
-- ARGV[4]  now, in whole Unix seconds
-- ARGV[5]  'enqueue'; 'schedule' for a point in time; 'save' to store it only; 'hand_out' to store
--          it as queued, but in no queue, for whoever runs it at once
-- ARGV[6]  when to enqueue a scheduled job, in whole Unix seconds
-- ARGV[7]  seconds that the job may wait, 0 for ever
-- ARGV[8]  flags: f: to the front; u: unique; a: parents may fail
-- ARGV[9]  key of the rate limit; empty for none
-- ARGV[10] its concurrency
-- ARGV[11] group; empty for none
-- ARGV[12] how many jobs to wait for
-- ARGV[13..] their ids
-- then the fields of the hash and their values in turn, without status and enqueued_at
--
-- Reply: the job's status; 'duplicate' where it was to be unique and is not, and nothing was stored.

local key = KEYS[1]
local how, flags, parent_count = ARGV[5], ARGV[8], tonumber(ARGV[12])
local function append(list, ...)
  for _, value in ipairs({...}) do
    list[#list + 1] = value
  end
end
local function flag(letter)
  return string.find(flags, letter, 1, true) ~= nil
end

local job = {
  id = ARGV[1],
  queue = ARGV[2],
  now_text = ARGV[3],
  now = tonumber(ARGV[4]),
  ttl = tonumber(ARGV[7]),
  at_front = flag('f'),
  allow_failures = flag('a'),
  limit = ARGV[9],
  concurrency = tonumber(ARGV[10]),
  parents = {},
}
for i = 13, 12 + parent_count do
  job.parents[#job.parents + 1] = ARGV[i]
end

check_types(job.queue, job.limit, job.parents)
if ARGV[11] ~= '' then
  redis.call('SCARD', 'rq:groups')
  redis.call('SCARD', 'rq:group:' .. ARGV[11])
end
if how == 'schedule' then
  redis.call('ZCARD', 'rq:scheduled:' .. job.queue)
end
if flag('u') and redis.call('EXISTS', key) == 1 then
  return 'duplicate'
end
local fields = {unpack(ARGV, 13 + parent_count)}
local is_queued = how == 'enqueue' and parent_count == 0 and job.limit == ''
if is_queued then
  append(fields, 'status', 'queued', 'enqueued_at', job.now_text)
end
-- Fails on a key of another type, with nothing written as yet.
job.is_new = redis.call('HSET', key, unpack(fields)) == #fields / 2
if ARGV[11] ~= '' then
  redis.call('SADD', 'rq:group:' .. ARGV[11], job.id)
  redis.call('SADD', 'rq:groups', ARGV[11])
end
if is_queued then
  push(job.id, job.queue, job.at_front)
  expire(job)
  return 'queued'
end
if how == 'enqueue' then
  return place(job)
end
if how == 'save' then
  redis.call('HSET', key, 'status', 'created')
  return 'created'
end

register_queue(job.queue)
if how == 'schedule' then
  redis.call('HSET', key, 'status', 'scheduled')
  if job.at_front then
    redis.call('HSET', key, 'enqueue_at_front', '1')
  end
  redis.call('ZADD', 'rq:scheduled:' .. job.queue, ARGV[6], job.id)
elseif has_unmet(job.parents, job.allow_failures) then
  defer(job)
else
  redis.call('HSET', key, 'status', 'queued', 'enqueued_at', job.now_text)
end
expire(job)
return redis.call('HGET', key, 'status')
