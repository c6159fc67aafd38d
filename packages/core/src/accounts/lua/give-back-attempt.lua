-- An attempt that was none: it is counted no more, and where it was the one that shut the door, the door is open. What counts
-- nothing is not kept.
--
-- KEYS  hash: count, shutUntilMs
-- ARGV  1 until when the attempt shut the door (ms), 0 when it did not
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if redis.call('HGET', KEYS[1], 'shutUntilMs') == ARGV[1] then redis.call('HDEL', KEYS[1], 'shutUntilMs') end
if redis.call('HINCRBY', KEYS[1], 'count', -1) <= 0 then redis.call('DEL', KEYS[1]) end
return 0
