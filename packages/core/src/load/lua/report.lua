-- Keeps what one api process says of its load, by Redis' clock, and forgets those that have said nothing for too long.
--
-- KEYS  hash: process -> "<when (ms)>:<report as JSON>"
-- ARGV  1 process  2 report  3 good for (ms)  4 most processes
-- Reply 1, or 0 with nothing kept when as many as may be are known
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local goodForMs = tonumber(ARGV[3])
local known = redis.call('HGETALL', KEYS[1])
local count = 0
for i = 1, #known, 2 do
  local atMs = tonumber(string.match(known[i + 1], '^(%d+):'))
  if not atMs or nowMs - atMs > goodForMs then
    redis.call('HDEL', KEYS[1], known[i])
  elseif known[i] ~= ARGV[1] then
    count = count + 1
  end
end
if count >= tonumber(ARGV[4]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', nowMs) .. ':' .. ARGV[2])
redis.call('PEXPIRE', KEYS[1], goodForMs)
return 1
