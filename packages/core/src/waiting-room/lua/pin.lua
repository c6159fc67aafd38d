-- Keeps a fan's pass alive while a hold lives, or lets it end when it would have ended anyway.
--
-- ARGV  1 fan  2 keep it until (ms), '' to let go
-- Reply 1 when the fan is inside, else 0
-- include line.lua
local fan, keepUntilMs = ARGV[1], tonumber(ARGV[2])
local held = findPass(fan)
if not held then return 0 end
local _, _, endsMs = readPass(held)
if keepUntilMs then
  redis.call('ZADD', inside, 'GT', math.max(endsMs, keepUntilMs), fan)
else
  redis.call('ZADD', inside, endsMs, fan)
end
return 1
