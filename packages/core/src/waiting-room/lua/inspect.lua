-- What the check of each minute asks of a line: whether more are inside than the room was given, and whether anybody who is
-- inside waits as well. Remembers how it was for the next look; of a line that Redis lost since nothing is known but now.
--
-- ARGV  1 capacity now  2 most fans looked at
-- Reply {inside, allowed, {fans who are in the line twice}}; see check-line.ts of the oracles for `allowed`
-- include line.lua
local capacity, mostFans = tonumber(ARGV[1]), tonumber(ARGV[2])
local count = redis.call('ZCARD', inside)
local known = redis.call('HMGET', line, 'mostCapacity', 'lastInside', 'staff')
local allowed = math.max(capacity, tonumber(known[1] or 0), tonumber(known[2] or count)) + tonumber(known[3] or 0)
redis.call('HSET', line, 'mostCapacity', capacity, 'lastInside', count, 'staff', 0)

local doubled = {}
for _, fan in ipairs(redis.call('ZRANGE', inside, nowMs, '+inf', 'BYSCORE', 'LIMIT', 0, mostFans)) do
  if redis.call('ZSCORE', waiting, fan) and redis.call('HEXISTS', passes, fan) == 1 then
    doubled[#doubled + 1] = tonumber(fan)
  end
end
return { count, allowed, doubled }
