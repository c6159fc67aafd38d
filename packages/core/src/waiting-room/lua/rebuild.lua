-- Begins a new epoch of a line that Redis lost or may have lost a part of. What is still there stays: those places
-- keep their order, and all new ones sort behind them.
--
-- KEYS  the six keys of a line, see line.lua
-- ARGV  1 the new epoch, taken from Postgres and never used before  2 nobody is let in for (ms)  3 at the most for (ms)
--       A Redis that restarted with its file and nobody waiting lets in at once: there is nobody to overtake.
-- Reply {'STANDS', epoch}   another rebuilder was first, or nothing was lost
--       {'BEGUN', epoch}
--       {'STALE', epoch}    Redis knows a later epoch than Postgres gave out: take one above it
-- Atomic: of two rebuilders at once the first begins and the second finds it done.
local line = KEYS[1]
local newEpoch = tonumber(ARGV[1])
local runId = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local writer = redis.call('HMGET', line, 'epoch', 'runId')
if writer[1] and writer[2] == runId then return { 'STANDS', tonumber(writer[1]) } end
if writer[1] and tonumber(writer[1]) >= newEpoch then return { 'STALE', tonumber(writer[1]) } end
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local reentryMs = ARGV[2]
if writer[1] and redis.call('ZCARD', KEYS[2]) == 0 then reentryMs = 0 end
local function text(number)
  return string.format('%.0f', number)
end
redis.call('HSET', line, 'epoch', newEpoch, 'runId', runId, 'beganAtMs', text(nowMs), 'seq', 0,
  'reentryUntilMs', text(nowMs + reentryMs), 'reentryEndsMs', text(nowMs + ARGV[3]))
return { 'BEGUN', newEpoch }
