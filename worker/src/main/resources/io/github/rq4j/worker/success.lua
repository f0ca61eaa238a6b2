-- Stores what a function returned. Joined behind execution.lua; reads its arguments where finish.lua
-- and repeat.lua have them alike:
--
-- ARGV[10] result ttl in seconds: 0 keeps no result, negative keeps it for ever
-- ARGV[11] '1' where the function returned something else than None
-- ARGV[12] the serialized value
-- ARGV[13] the same in base64
-- ARGV[14], ARGV[15] when the execution started and ended, in Unix seconds with fraction

local function store_success(ttl)
  drop_void_fields()
  local times = {'execution_started_at', ARGV[14], 'execution_ended_at', ARGV[15]}
  if ARGV[11] == '1' then
    redis.call('HSET', job_key, 'status', 'finished', 'ended_at', now_text,
      'last_heartbeat', now_text, 'result', ARGV[12])
    add_result('1', ttl, {'return_value', ARGV[13], unpack(times)})
  else
    redis.call('HSET', job_key, 'status', 'finished', 'ended_at', now_text,
      'last_heartbeat', now_text)
    add_result('1', ttl, times)
  end
  redis.call('ZADD', 'rq:finished:' .. origin, ttl > 0 and now + ttl or '+inf', job_id)
end
