-- Stores jobs that wait for nothing and puts them into their queue in order: each as a whole or not
-- at all. A hundred at most, since their values are Lua's all at once.
--
-- Mirrors enqueue_call and enqueue_many of RQ 3.0.
--
-- KEYS     rq:job:{id} of each
-- ARGV[1]  the queue's name
-- ARGV[2]  now, as text for hashes
-- ARGV[3]  how many fields the jobs have in common
-- ARGV[4]  how many each has of its own
-- then the names and values of the common fields in turn, without status, created_at and
-- enqueued_at; the names of the own; and for each job its values of these
--
-- Reply: empty. Where Redis refuses the hash of a job, for each such job its place from 1 on and the
-- error; where there is but one job, the error alone.

local queue_key = 'rq:queue:' .. ARGV[1]
local common, own = tonumber(ARGV[3]), tonumber(ARGV[4])
local function failed(reply)
  return type(reply) == 'table'
end

local ids = {}
for i, key in ipairs(KEYS) do
  ids[i] = string.sub(key, #'rq:job:' + 1)
end
local fields = {'status', 'queued', 'created_at', ARGV[2], 'enqueued_at', ARGV[2]}
for i = 5, 4 + 2 * common do
  fields[#fields + 1] = ARGV[i]
end
local before = #fields
for i = 1, own do
  fields[before + 2 * i - 1] = ARGV[4 + 2 * common + i]
  fields[before + 2 * i] = ''
end
local field_count, argument = #fields / 2, 4 + 2 * common + own

-- First what concerns all, so that a key of another type is met with nothing written.
local is_new_queue = redis.call('SADD', 'rq:queues', queue_key) == 1
local pushed = redis.pcall('RPUSH', queue_key, unpack(ids))
local problems = {}
if not failed(pushed) then
  for i, key in ipairs(KEYS) do
    for j = 1, own do
      fields[before + 2 * j] = ARGV[argument + j]
    end
    argument = argument + own
    local stored = redis.pcall('HSET', key, unpack(fields))
    if not failed(stored) and stored < field_count then
      -- What a former job of this id left would let this one vanish from its queue.
      stored = redis.pcall('PERSIST', key)
    end
    if failed(stored) then
      redis.pcall('LREM', queue_key, -1, ids[i])
      problems[#problems + 1] = i
      problems[#problems + 1] = stored
    end
  end
end
if is_new_queue and (failed(pushed) or #problems == 2 * #KEYS) then
  redis.call('SREM', 'rq:queues', queue_key)
end
if failed(pushed) then
  return pushed
end
if #KEYS == 1 and #problems > 0 then
  return problems[2]
end
return problems
