-- Handles one entry of a started registry whose time is over, as the clean-up of RQ 3.0, in one
-- step: a job that is still started is tried again or has failed. Joined behind job.lua.
--
-- ARGV[4] name of the queue
-- ARGV[5] member of the registry
-- ARGV[6] the failure's text as in results, ARGV[7] the same as in the job's hash
-- ARGV[8] seconds that a failed job is kept unless it says otherwise
-- ARGV[9] the failure's text as in the hash of a job of RQ before 1.0
-- ARGV[10] '1' if all jobs are of RQ before 1.0; else those are whose pickle is not compressed (before 0.10)
--
-- Reply: 1 if the job failed or is tried again.

local started_key, member = 'rq:wip:' .. ARGV[4], ARGV[5]
local score = redis.call('ZSCORE', started_key, member)
if not score or tonumber(score) > now then
  return 0
end
redis.call('ZREM', started_key, member)
local job = redis.call('HMGET', job_key, 'data', 'status', 'origin', 'retries_left',
  'retry_intervals', 'enqueue_at_front_on_retry', 'failure_ttl', 'rate_limit_key')
if not job[1] or job[2] ~= 'started' then
  return 0
end
local queue = present(job[3]) and job[3] or ARGV[4]

local function interval(retries_left)
  local readable, intervals = pcall(cjson.decode, job[5] or '[0]')
  if not readable or type(intervals) ~= 'table' or #intervals == 0 then
    return 0
  end
  return tonumber(intervals[math.max(#intervals - retries_left, 0) + 1]) or 0
end

local function try_again(retries_left)
  local wait = interval(retries_left)
  redis.call('HSET', job_key, 'retries_left', retries_left - 1)
  if wait > 0 then
    redis.call('HSET', job_key, 'status', 'scheduled')
    redis.call('SADD', 'rq:queues', 'rq:queue:' .. queue)
    redis.call('ZADD', 'rq:scheduled:' .. queue, now + wait, job_id)
    return
  end
  redis.call('HSET', job_key, 'status', 'queued', 'enqueued_at', now_text)
  push(job_id, queue, job[6] == '1')
end

-- The first byte of a pickle from protocol 2 on, and before, as Dialect.of knows them.
local function is_before_1_0()
  local first = string.byte(job[1])
  return ARGV[10] == '1' or first == 0x80 or first == string.byte('(')
end

local function fail()
  local old = is_before_1_0()
  local ttl = tonumber(job[7]) or tonumber(ARGV[8])
  redis.call('HSET', job_key, 'status', 'failed', 'exc_info', old and ARGV[9] or ARGV[7])
  local results = 'rq:results:' .. job_id
  redis.call('XADD', results, 'MAXLEN', '~', '10', '*', 'type', '2', 'worker_name', '',
    'exc_string', ARGV[6])
  release_dependents(job_id, true, now, now_text)
  if ttl == 0 then
    redis.call('DEL', job_key, results)
    return
  end
  if old then
    push(job_id, 'failed')
  else
    redis.call('ZADD', 'rq:failed:' .. queue, ttl < 0 and ttl or now + ttl, job_id)
  end
  if ttl > 0 then
    expire_job(job_id, ttl)
    redis.call('EXPIRE', results, ttl)
  end
end

local retries_left = tonumber(job[4]) or 0
if retries_left > 0 then
  try_again(retries_left)
else
  fail()
end
if present(job[8]) then
  leave_limit(job_id, job[8])
end
return 1
