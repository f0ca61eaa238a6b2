-- Handles an entry of the started registry whose time is over. Joined behind takeover.lua and
-- hand_over.lua.
--
-- Mirrors the clean-up of RQ 3.0's started registry, one job at a time and atomically: the job is
-- only touched while its entry is there, has not been renewed, and belongs to the run that the
-- job's status speaks of. Unlike RQ, the execution's own keys go at once.
--
-- ARGV[15] member of the registry: 'job:execution', or 'job' as RQ 1.x writes it
-- ARGV[16] execution id; empty where the member has none
-- ARGV[17] ... what hand_over.lua reads, for the job's failure callback; may be missing
--
-- Reply: 'failed'; 'retried'; 'requeued'; 'dropped': only the entry was removed; 'left': it is not for us, or
-- no longer as it was read.

local started_key, member, execution = 'rq:wip:' .. queue, ARGV[15], ARGV[16]

local function drop_entry()
  local execution_key = 'rq:execution:' .. member
  local runner = redis.call('HGET', execution_key, 'worker_name')
    or redis.call('HGET', job_key, 'worker_name')
  redis.call('ZREM', started_key, member)
  if execution ~= '' then
    redis.call('DEL', execution_key)
    redis.call('ZREM', 'rq:executions:' .. job_id, execution)
  end
  if runner and runner ~= '' then
    redis.call('SREM', 'rq:worker:' .. runner .. ':executions', member)
    if redis.call('HGET', 'rq:worker:' .. runner, 'current_job') == job_id then
      redis.call('HDEL', 'rq:worker:' .. runner, 'current_job')
    end
  end
end

local score = redis.call('ZSCORE', started_key, member)
if not score or tonumber(score) > now then
  return 'left'
end
local status, retries_left = present_state()
if not status then
  redis.call('ZREM', started_key, member)
  redis.call('DEL', 'rq:execution:' .. member)
  return 'dropped'
end
if runs(execution) then
  redis.call('ZREM', started_key, member)
  redis.call('DEL', 'rq:execution:' .. member)
  redis.call('ZREM', 'rq:executions:' .. job_id, execution)
  return 'dropped'
end
if status ~= ARGV[6] then
  drop_entry()
  return 'dropped'
end
if retries_left ~= ARGV[7] then
  return 'left'
end
local outcome = take_over()
if outcome ~= 'requeued' then
  hand_over(17)
end
drop_entry()
return outcome
