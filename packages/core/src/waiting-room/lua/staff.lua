-- Lets one person in at once, whatever the line and the room look like. They take a slot like everybody: a room that
-- is over capacity by its staff admits nobody until it is below again.
--
-- ARGV  1 fan  2 pass life (ms)
-- Reply {'INSIDE', ...} as join.lua
-- include line.lua
local fan, passTtlMs = ARGV[1], tonumber(ARGV[2])
local place = tonumber(redis.call('ZSCORE', waiting, fan) or nil)
local held = redis.call('HGET', passes, fan)
if held then
  local _, heldPlace = readPass(held)
  place = heldPlace
end
if not place then place = nextPlace() end
redis.call('ZREM', waiting, fan)
if not redis.call('ZSCORE', inside, fan) then redis.call('HINCRBY', line, 'staff', 1) end
writePass(fan, 'a', place, nowMs + passTtlMs)
return insideReply('a', place, nowMs + passTtlMs, nowMs + passTtlMs)
