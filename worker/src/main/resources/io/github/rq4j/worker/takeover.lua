-- Ends the present attempt of a job whose worker is gone: fails it, or retries it where retries are
-- left. Joined behind enqueue.lua, dependents.lua and delete_job.lua, in front of abandoned.lua or
-- stuck.lua, which read their own arguments from ARGV[15] on.
--
-- Mirrors the failure path of RQ 3.0's maintenance. The job was read beforehand; what was decided
-- on that is not carried out where the job has changed since.
--
-- KEYS[1]  rq:job:{id}
-- ARGV[1]  job id
-- ARGV[2]  queue that is being cleaned
-- ARGV[3]  worker to name in the result; may be empty
-- ARGV[4]  now, as text for hashes, in the form that the job's release of RQ reads
-- ARGV[5]  now, in whole Unix seconds
-- ARGV[6]  status that was read
-- ARGV[7]  retries_left that was read; empty where there is none
-- ARGV[8]  retries that are left after this one; empty to fail the job
-- ARGV[9]  when to retry in whole Unix seconds, 0 for at once; then '1' for the front: 'due,front'
-- ARGV[10] failure ttl in seconds: 0 deletes the job, negative keeps it for ever
-- ARGV[11] the failure's text as in the job's hash
-- ARGV[12] the same compressed, in base64
-- ARGV[13] how often a job that would fail is put back to its queue; 0 for never
-- ARGV[14] '1' to file a failure as RQ before 1.0 does: in the queue 'failed' of all queues

local job_key = KEYS[1]
local job_id, queue, worker = ARGV[1], ARGV[2], ARGV[3]
local now_text, now = ARGV[4], tonumber(ARGV[5])

-- Status and retries_left as they are now; nil where there is no job.
local function present_state()
  local fields = redis.pcall('HMGET', job_key, 'status', 'retries_left')
  if fields.err or redis.call('HEXISTS', job_key, 'data') == 0 then
    return
  end
  return fields[1] or '', fields[2] or ''
end

-- Whether a run of the job is alive, other than the one named.
local function runs(other_than)
  local registry = 'rq:wip:' .. queue
  for _, execution in ipairs(redis.call('ZRANGE', 'rq:executions:' .. job_id, 0, -1)) do
    if execution ~= other_than then
      local score = redis.call('ZSCORE', registry, job_id .. ':' .. execution)
      if score and tonumber(score) > now then
        return true
      end
    end
  end
  local score = other_than ~= '' and redis.call('ZSCORE', registry, job_id)
  return score and tonumber(score) > now
end

-- A job that is enqueued at once keeps its place under a rate limit.
local function enqueue_again(at_front, field, value)
  local ttl = tonumber(redis.call('HGET', job_key, 'ttl') or '')
  if ttl and ttl > 0 then
    expire_job(job_id, ttl)
  end
  push(job_id, queue, at_front)
  redis.call('HSET', job_key, 'status', 'queued', 'enqueued_at', now_text, field, value)
end

local function retry(limit)
  local due, front = string.match(ARGV[9], '(%d+),(%d)')
  if tonumber(due) > 0 then
    register_queue(queue)
    redis.call('ZADD', 'rq:scheduled:' .. queue, due, job_id)
    redis.call('HSET', job_key, 'status', 'scheduled', 'retries_left', ARGV[8])
    release_rate_limit(job_id, limit, now, now_text)
    return 'retried'
  end
  enqueue_again(front == '1', 'retries_left', ARGV[8])
  return 'retried'
end

-- Puts the job back to its queue where this has not been done too often. How often is counted in a
-- field of the job that RQ does not know: it goes with the job, and with the next end of a run.
local function requeue()
  local crashes = tonumber(redis.call('HGET', job_key, 'rq4j_crashes') or '') or 0
  if crashes >= tonumber(ARGV[13]) then
    return false
  end
  enqueue_again(true, 'rq4j_crashes', string.format('%d', crashes + 1))
  return true
end

local function store_failure(ttl)
  local results = 'rq:results:' .. job_id
  redis.call('XADD', results, 'MAXLEN', '~', '10', '*', 'type', '2', 'worker_name', worker,
    'exc_string', ARGV[12])
  if ttl > 0 then
    redis.call('EXPIRE', results, ttl)
    expire_job(job_id, ttl)
  else
    redis.call('PERSIST', results)
    redis.call('PERSIST', job_key)
  end
  -- RQ scores a failure without end as -1, never as +inf.
  if ARGV[14] == '1' then
    push(job_id, 'failed')
  else
    redis.call('ZADD', 'rq:failed:' .. queue, ttl > 0 and now + ttl or -1, job_id)
  end
end

local function take_over()
  local limit = redis.call('HGET', job_key, 'rate_limit_key')
  if ARGV[8] ~= '' then
    return retry(limit)
  end
  if requeue() then
    return 'requeued'
  end
  local ttl = tonumber(ARGV[10])
  if ttl ~= 0 then
    store_failure(ttl)
  end
  release_dependents(job_id, true, now, now_text)
  redis.call('HSET', job_key, 'status', 'failed', 'exc_info', ARGV[11])
  redis.call('HDEL', job_key, 'result', 'rq4j_crashes')
  if ttl == 0 then
    delete_job(job_id)
  end
  release_rate_limit(job_id, limit, now, now_text)
  return 'failed'
end
