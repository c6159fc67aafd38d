-- Looks at the passes of fans who are inside, and changes nothing but an entry that lost its slot.
--
-- ARGV  fans
-- Reply {now, for each fan '<o|a>:<place>:<ends>:<ends with pins>', '' for one who is not inside}
-- include line.lua
local reply = { nowMs }
for i = 1, #ARGV do
  local fan = ARGV[i]
  local held = findPass(fan)
  local untilMs = held and tonumber(redis.call('ZSCORE', inside, fan))
  if held and untilMs > nowMs then
    reply[i + 1] = held .. ':' .. text(untilMs)
  else
    reply[i + 1] = ''
  end
end
return reply
