-- What few jobs need when their outcome is stored. Joined behind enqueue.lua, execution.lua and
-- hand_over.lua. Calls pass these arguments behind those of the script, from a place that the script
-- knows, or leave them out:
--
-- first           the key of the rate limit under which the job gives up its place; may be empty
-- first + 1 ...   what hand_over.lua reads; may be missing

local function follow_up(first)
  release_rate_limit(job_id, ARGV[first], now, now_text)
  hand_over(first + 1)
end
