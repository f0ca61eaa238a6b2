-- Stores the result of a job that returned, and everything that follows from it, as one step.
--
-- Mirrors the success path of RQ 3.0, and adds the hash field 'result' that clients of RQ before
-- 1.12 read.
--
-- ARGV[10] to ARGV[15] see success.lua; a ttl of 0 deletes the job
-- ARGV[16..] see follow_up.lua
--
-- Reply: 1, or 0 where the job was no longer this execution's and nothing was stored.

local ttl = tonumber(ARGV[10])

if not end_execution('successful_job_count', ttl) then
  return 0
end
local waiting = release_dependents(false)
if ttl == 0 then
  delete_job(job_id)
else
  store_success(ttl)
  expire_relations(ttl, waiting > 0)
end
follow_up(16)
return 1
