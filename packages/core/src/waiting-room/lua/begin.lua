-- Begins the epoch that was announced, if nothing was lost since. What is still there of the line stays: those places keep
-- their order, and all new ones sort behind them.
--
-- KEYS  the keys of a line, see line.lua
-- ARGV  1 the epoch  2 nobody is let in for (ms)  3 at the most for (ms)
--       A Redis that restarted with its file and nobody waiting lets in at once: there is nobody to overtake.
-- Reply {'BEGUN', epoch}
--       {'GONE', epoch}    it is not the one that is announced here: another loss, or another rebuilder
-- Atomic: of two rebuilders at once the first begins and the second finds it done.
local line = KEYS[1]
local newEpoch = tonumber(ARGV[1])
local runId = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local known = redis.call('HMGET', line, 'announced', 'announcedTo', 'epoch')
if known[1] ~= ARGV[1] or known[2] ~= runId then return { 'GONE', newEpoch } end
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local reentryMs = ARGV[2]
if known[3] and redis.call('ZCARD', KEYS[2]) == 0 then reentryMs = 0 end
local function text(number)
  return string.format('%.0f', number)
end
redis.call('HDEL', line, 'announced', 'announcedTo', 'announcedAtMs')
redis.call('HSET', line, 'epoch', newEpoch, 'runId', runId, 'beganAtMs', text(nowMs), 'seq', 0,
  'reentryUntilMs', text(nowMs + reentryMs), 'reentryEndsMs', text(nowMs + ARGV[3]))
return { 'BEGUN', newEpoch }
