-- How long nobody has ticked.
--
-- ARGV  none
-- Reply ms since the last tick; 0 when there was none since Redis knows the line
-- include line.lua
local lastTickMs = tonumber(redis.call('HGET', line, 'obtainableAtMs') or nowMs)
return math.max(0, nowMs - lastTickMs)
