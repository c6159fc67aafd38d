-- An attempt that was none: it is counted no more, and a door that it shut opens again. What counts nothing is not kept.
--
-- KEYS  hash: count, shutUntilMs
-- ARGV  1 free
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local count = redis.call('HINCRBY', KEYS[1], 'count', -1)
if count <= 0 then return redis.call('DEL', KEYS[1]) end
if count < tonumber(ARGV[1]) then redis.call('HDEL', KEYS[1], 'shutUntilMs') end
return 0
