-- What the check of each minute asks of a line: whether more are inside than the room was given, and whether anybody who is
-- inside waits as well. Remembers for the next look how it was, or should have been: a room that is too full is so again
-- until it is not. Of a line that Redis lost since nothing is known but now.
--
-- ARGV  1 capacity now  2 most fans looked at one by one: others each minute
-- Reply {inside, allowed, {fans who are in the line twice}}; see check-line.ts of the oracles for `allowed`
-- include line.lua
local capacity, mostFans = tonumber(ARGV[1]), tonumber(ARGV[2])
local count = redis.call('ZCARD', inside)
local known = redis.call('HMGET', line, 'mostCapacity', 'lastInside', 'staff')
local allowed = math.max(capacity, tonumber(known[1] or 0), tonumber(known[2] or count)) + tonumber(known[3] or 0)
redis.call('HSET', line, 'mostCapacity', capacity, 'lastInside', math.min(count, allowed), 'staff', 0)

local doubled = {}
local first = math.floor(nowMs / 60000) % (math.floor(count / mostFans) + 1) * mostFans
for _, fan in ipairs(redis.call('ZRANGE', inside, first, first + mostFans - 1)) do
  if redis.call('ZSCORE', waiting, fan) and redis.call('HEXISTS', passes, fan) == 1 then
    doubled[#doubled + 1] = tonumber(fan)
  end
end
return { count, allowed, doubled }
