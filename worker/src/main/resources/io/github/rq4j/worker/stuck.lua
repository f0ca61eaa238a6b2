-- Handles an id in the list where Python's workers keep what they took and have not yet started.
-- Joined behind takeover.lua.
--
-- Mirrors the clean-up of RQ 3.0's intermediate queue, with more care: a job is only taken over
-- while it still says queued, waits nowhere else and has no run, and only after it was seen here a
-- minute ago, since it was last enqueued.
--
-- KEYS[2]  rq:queue:{queue}:intermediate
-- KEYS[3]  rq:queue:{queue}:intermediate:first_seen:{id}
-- KEYS[4]  rq:queue:{queue}
-- ARGV[15] now, in Unix seconds with fraction
-- ARGV[16] when the job was enqueued, likewise; empty where that is not known
--
-- Reply: 'failed'; 'retried'; 'requeued'; 'dropped': only the entry was removed; 'left': it stays for now.

local GRACE, REMEMBERED = 60, 86400

local function drop_entry()
  redis.call('LREM', KEYS[2], -1, job_id)
  redis.call('DEL', KEYS[3])
end

local function waits_in_queue()
  -- Servers before 6.0.6 cannot tell.
  local position = redis.pcall('LPOS', KEYS[4], job_id)
  return type(position) == 'number'
end

local status, retries_left = present_state()
if not status then
  drop_entry()
  return 'dropped'
end
if status == 'started' or runs('') or redis.call('ZSCORE', 'rq:wip:' .. queue, job_id) then
  redis.call('DEL', KEYS[3])
  return 'left'
end
if status ~= ARGV[6] then
  drop_entry()
  return 'dropped'
end
if retries_left ~= ARGV[7] then
  return 'left'
end
local seen = tonumber(redis.call('GET', KEYS[3]) or '')
local enqueued = tonumber(ARGV[16])
if not seen or (enqueued and seen < enqueued) then
  redis.call('SET', KEYS[3], ARGV[15], 'EX', REMEMBERED)
  return 'left'
end
if tonumber(ARGV[15]) - seen <= GRACE then
  return 'left'
end
if waits_in_queue() then
  drop_entry()
  return 'dropped'
end
local outcome = take_over()
drop_entry()
if outcome ~= 'requeued' then
  redis.call('HINCRBY', 'rq:worker:' .. worker, 'failed_job_count', 1)
end
return outcome
