-- Stores jobs that wait for nothing and puts them into their queue in order: each as a whole or not
-- at all. A hundred at most, since their values are Lua's all at once.
--
-- Mirrors enqueue_call and enqueue_many of RQ 3.0.
--
-- KEYS     rq:job:{id} of each
-- ARGV[1]  the queue's name
-- ARGV[2]  now, as text for hashes
-- ARGV[3]  how many fields the jobs have in common; all, where there is but one job
-- ARGV[4]  how many each has of its own
-- then the names and values of the common fields in turn, without status, created_at and
-- enqueued_at; the names of the own; and for each job its values of these
--
-- Reply: empty. Where Redis refuses the hash of a job, for each such job its place from 1 on and the
-- error; where there is but one job, the error alone.

local queue_key, now_text = 'rq:queue:' .. ARGV[1], ARGV[2]
local own, last_common = tonumber(ARGV[4]), 4 + 2 * tonumber(ARGV[3])
local function failed(reply)
  return type(reply) == 'table'
end

local ids = {}
for i = 1, #KEYS do
  ids[i] = string.sub(KEYS[i], #'rq:job:' + 1)
end
local fields = {'status', 'queued', 'created_at', now_text, 'enqueued_at', now_text,
  unpack(ARGV, 5, last_common)}
local before, argument = #fields, last_common + own
for i = 1, own do
  fields[before + 2 * i - 1] = ARGV[last_common + i]
  fields[before + 2 * i] = ''
end
local field_count = #fields / 2

-- First what concerns all, so that a key of another type is met with nothing written.
local is_new_queue = redis.call('SADD', 'rq:queues', queue_key) == 1
local pushed = redis.pcall('RPUSH', queue_key, unpack(ids))
local problems = {}
if not failed(pushed) then
  for i = 1, #KEYS do
    for j = 1, own do
      fields[before + 2 * j] = ARGV[argument + j]
    end
    argument = argument + own
    local stored = redis.pcall('HSET', KEYS[i], unpack(fields))
    if stored ~= field_count then
      if not failed(stored) then
        -- What a former job of this id left would let this one vanish from its queue.
        stored = redis.pcall('PERSIST', KEYS[i])
      end
      if failed(stored) then
        redis.pcall('LREM', queue_key, -1, ids[i])
        problems[#problems + 1] = i
        problems[#problems + 1] = stored
      end
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
