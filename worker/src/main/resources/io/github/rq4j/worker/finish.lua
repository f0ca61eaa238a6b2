-- Stores the result of a job that returned, and everything that follows from it, as one step.
--
-- Mirrors the success path of RQ 3.0, and adds the hash field 'result' that clients of RQ before
-- 1.12 read.
--
-- ARGV[10] to ARGV[15] see success.lua; a ttl of 0 deletes the job
-- ARGV[16..] see follow_up.lua
--
-- Reply: see end_execution.

local ttl = tonumber(ARGV[10])

return end_execution('successful_job_count', ttl, function()
  if ttl ~= 0 then
    store_success(ttl)
  end
  local waiting, trouble = release_dependents(job_id, false, now, now_text)
  if ttl == 0 then
    delete_job(job_id)
  else
    expire_relations(ttl, waiting > 0)
  end
  follow_up(16)
  return trouble
end)
