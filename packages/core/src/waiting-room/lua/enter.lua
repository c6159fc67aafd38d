-- Turns a fan's offer into a pass of full length. Asked again, it answers the same pass.
--
-- ARGV  1 fan  2 place of the offer shown  3 pass life (ms)
-- Reply {'INSIDE', ...} as join.lua  or {'NONE', now}: no such offer, or its window has passed
-- include line.lua
local fan, shownPlace, passTtlMs = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])

local held = findPass(fan)
if not held then return { 'NONE', nowMs } end
local kind, place, endsMs = readPass(held)
if place ~= shownPlace then return { 'NONE', nowMs } end
local untilMs = tonumber(redis.call('ZSCORE', inside, fan))
if untilMs <= nowMs then
  endByTime(fan, held)
  return { 'NONE', nowMs }
end
if kind == 'o' then
  endsMs = nowMs + passTtlMs
  untilMs = endsMs
  writePass(fan, 'a', place, endsMs)
  tell('entered', fan)
end
return insideReply('a', place, endsMs, untilMs)
