-- Deletes a job and all that belongs to it but its execution, which has ended. Joined in front of
-- execution.lua or takeover.lua.
--
-- Mirrors Job.delete of RQ 3.0, which leaves the results. A group of a wrong type is left alone.

local function delete_job(id)
  local key = 'rq:job:' .. id
  local group = redis.call('HGET', key, 'group_id')
  if group and group ~= '' then
    redis.pcall('SREM', 'rq:group:' .. group, id)
  end
  redis.call('DEL', key, key .. ':dependents', 'rq:job::' .. id .. ':dependencies',
    'rq:executions:' .. id, 'rq:results:' .. id)
end
