-- Stores the result of a job that returned and has repeats left, and sends it back, as one step.
--
-- Mirrors the success path of RQ 3.0 for a job with a Repeat: its result is in the finished registry
-- while the job itself waits for its next run, without an expiry. Unlike RQ, a job with an interval
-- enters the scheduled registry in the same step.
--
-- ARGV[10] to ARGV[15] see success.lua
-- ARGV[16] repeats that are left after this one
-- ARGV[17] intervals that are left, as JSON; empty where they stay as they are
-- ARGV[18] when to run again in whole Unix seconds, 0 for at once
-- ARGV[19] for how many seconds the job may wait, 0 for as long as need be
-- ARGV[20..] see follow_up.lua
--
-- Reply: see end_execution.

local ttl = tonumber(ARGV[10])

return end_execution('successful_job_count', nil, function()
  if ttl ~= 0 then
    store_success(ttl)
  else
    redis.call('HSET', job_key, 'ended_at', now_text, 'last_heartbeat', now_text)
  end
  local _, trouble = release_dependents(job_id, false, now, now_text)
  redis.call('HSET', job_key, 'repeats_left', ARGV[16])
  if ARGV[17] ~= '' then
    redis.call('HSET', job_key, 'repeat_intervals', ARGV[17])
  end
  run_again(tonumber(ARGV[18]), false, tonumber(ARGV[19]))
  follow_up(20)
  return trouble
end)
