-- Ends passes and places that were spent, so that their slots serve the next fans at once.
--
-- ARGV  pairs of fan and the place that was spent, '' for whichever the fan has now
-- Reply how many slots were freed. A fan who has meanwhile got another, later place keeps it.
-- include line.lua
local freed = 0
for i = 1, #ARGV, 2 do
  local fan, spent = ARGV[i], tonumber(ARGV[i + 1])
  local held = redis.call('HGET', passes, fan)
  if held then
    local _, place = readPass(held)
    if not spent or place <= spent then
      endPass(fan, held)
      freed = freed + 1
    end
  end
  if spent then
    -- a Redis that forgot its last second may have the fan wait again with the place that they went in with and spent
    local waits = tonumber(redis.call('ZSCORE', waiting, fan) or nil)
    if waits and waits <= spent then leaveWaiting(fan) end
    -- and one that forgot the fan may be about to hear of it again, from a process that asked Postgres before it was spent
    local known = tonumber(redis.call('HGET', gone, fan) or nil)
    -- this one alone: they may have been given a later one since
    if not known or known < spent then redis.call('HSET', gone, fan, text(spent)) end
  end
end
return freed
