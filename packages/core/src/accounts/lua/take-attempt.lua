-- Counts one more attempt at a door, unless the door is shut: looking and counting are one step, so however many come at once,
-- no more go through than one after the other would.
--
-- KEYS  hash: count, shutUntilMs (by Redis' clock)
-- ARGV  1 free  2 one doubling for so many more  3 longest (s)  4 counted for (ms)
-- Reply {0, until when the door is shut behind it (ms), 0 when it is not}; {how long it stays shut (ms), 0} with nothing counted
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local shutMs = (tonumber(redis.call('HGET', KEYS[1], 'shutUntilMs')) or 0) - nowMs
if shutMs > 0 then return { shutMs, 0 } end
local count = redis.call('HINCRBY', KEYS[1], 'count', 1)
local tooMany = count - tonumber(ARGV[1])
local forMs, untilMs = 0, 0
if tooMany >= 0 then
  forMs = math.min(tonumber(ARGV[3]), 2 ^ math.min(20, math.floor(tooMany / tonumber(ARGV[2])))) * 1000
  untilMs = nowMs + forMs
  redis.call('HSET', KEYS[1], 'shutUntilMs', string.format('%.0f', untilMs))
end
-- attempts are forgotten an hour after the first of them, but not before the door opens
if count == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
elseif forMs > redis.call('PTTL', KEYS[1]) then
  redis.call('PEXPIRE', KEYS[1], forMs)
end
return { 0, untilMs }
