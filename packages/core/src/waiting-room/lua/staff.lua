-- Lets one person in at once, whatever the line and the room look like. They take a slot like everybody: a room that
-- is over capacity by its staff admits nobody until it is below again. As everybody does, they get an offer first, which is
-- noted in Postgres before it is claimed; who is inside already has their pass renewed.
--
-- ARGV  1 fan  2 claim window (ms)  3 pass life (ms)
-- Reply {'INSIDE', ...} as join.lua
-- include line.lua
local fan, claimWindowMs, passTtlMs = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local kind, lifeMs = 'o', claimWindowMs
local place = tonumber(redis.call('ZSCORE', waiting, fan) or nil)
local held = findPass(fan)
if held then
  local heldKind, heldPlace = readPass(held)
  kind, place = heldKind, heldPlace
  if kind == 'a' then lifeMs = passTtlMs end
else
  redis.call('HINCRBY', line, 'staff', 1)
  tell('staff', fan)
end
if not place then place = nextPlace() end
leaveWaiting(fan)
writePass(fan, kind, place, nowMs + lifeMs)
return insideReply(kind, place, nowMs + lifeMs, nowMs + lifeMs)
