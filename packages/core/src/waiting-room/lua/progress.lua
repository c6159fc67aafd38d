-- The line in six numbers; costs the same whatever the crowd.
--
-- ARGV  none
-- Reply {now, epoch, admitted, waiting, active, outflow per minute as text ('' for unmeasured), obtainable (-1 for
--       unknown), stock as JSON ('' for unknown)}
-- include line.lua
-- include outflow.lua
local known = redis.call('HMGET', line, 'admitted', 'obtainable', 'stock')
return {
  nowMs, epoch, tonumber(known[1] or 0), redis.call('ZCARD', waiting), redis.call('ZCARD', inside), measureOutflow(),
  tonumber(known[2] or -1), known[3] or '',
}
