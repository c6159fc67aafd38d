-- Keeps fans' passes alive while a hold lives, or lets them end when they would have ended anyway.
--
-- ARGV  pairs of fan and until when to keep the pass (ms), '' to let go
-- Reply how many of them are inside
-- include line.lua
local found = 0
for i = 1, #ARGV, 2 do
  local fan, keepUntilMs = ARGV[i], tonumber(ARGV[i + 1])
  local held = findPass(fan)
  if held then
    found = found + 1
    local _, _, endsMs = readPass(held)
    if keepUntilMs then
      redis.call('ZADD', inside, 'GT', math.max(endsMs, keepUntilMs), fan)
    else
      redis.call('ZADD', inside, endsMs, fan)
    end
  end
end
return found
