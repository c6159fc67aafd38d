-- Announces a new epoch of a line that Redis lost or may have lost a part of; `begin.lua` begins it. Postgres is asked in
-- between whether a later one has begun: of a rebuilder that is late by a whole further loss, the epoch would sort before
-- places that were given since.
--
-- KEYS  the keys of a line, see line.lua
-- ARGV  1 the new epoch, taken from Postgres and never used before
-- Reply {'STANDS', epoch}     another rebuilder was first, or nothing was lost
--       {'ANNOUNCED', epoch}
--       {'BUSY', epoch}       another one announced its own within the last second: see what becomes of it
--       {'STALE', epoch}      Redis knows a later epoch than Postgres gave out: take one above it
local line = KEYS[1]
local newEpoch = tonumber(ARGV[1])
local runId = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local writer = redis.call('HMGET', line, 'epoch', 'runId')
if writer[1] and writer[2] == runId then return { 'STANDS', tonumber(writer[1]) } end
if writer[1] and tonumber(writer[1]) >= newEpoch then return { 'STALE', tonumber(writer[1]) } end
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local other = redis.call('HMGET', line, 'announced', 'announcedTo', 'announcedAtMs')
if other[2] == runId and nowMs - other[3] < 1000 then return { 'BUSY', tonumber(other[1]) } end
redis.call('HSET', line, 'announced', newEpoch, 'announcedTo', runId, 'announcedAtMs', string.format('%.0f', nowMs))
return { 'ANNOUNCED', newEpoch }
