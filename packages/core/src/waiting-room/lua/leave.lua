-- Gives up a fan's place or slot. Asked again, it does nothing.
--
-- ARGV  1 fan
-- Reply 1 when there was something to give up, else 0
-- include line.lua
local fan = ARGV[1]
local place = tonumber(redis.call('ZSCORE', waiting, fan) or nil)
if place then
  leaveWaiting(fan)
  markGone(fan, place)
end
local held = redis.call('HGET', passes, fan)
if held then endPass(fan, held) end
if place or held then tell('left', fan) end
return (place or held) and 1 or 0
