-- Appends seat events to one show's stream and returns the stream's position.
--
-- KEYS[1]  hash {seq, run}: position of the newest entry, and which Redis server wrote it
-- KEYS[2]  stream of entries <seq>-0 {e: payload, t: when it was published, in milliseconds of this clock}
-- ARGV[1]  how many entries the stream keeps at least
-- ARGV[2]  first payload (JSON text), and so on; none: only the position is asked for
-- Reply    position after the last append, as text (it exceeds what Lua prints exactly as a number)
--
-- One step: nobody sees a position without its entry. Positions are gapless while one Redis lives. A Redis that was
-- emptied, restarted or replaced may have lost the newest entries, and would give their positions out again; so a new
-- server (its run_id differs) starts at its clock in microseconds, which is beyond every position given before:
-- readers see a jump and take a new snapshot.

local function serverRun()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
end

local now = redis.call('TIME')
local function clockPosition()
  return now[1] .. string.format('%06d', now[2])
end

local publishedAtMs = now[1] .. string.format('%03d', math.floor(now[2] / 1000))
local position = redis.call('HMGET', KEYS[1], 'seq', 'run')
local run = serverRun()
if not position[1] or position[2] ~= run then
  redis.call('HSET', KEYS[1], 'seq', clockPosition(), 'run', run)
end

for i = 2, #ARGV do
  redis.call('HINCRBY', KEYS[1], 'seq', 1)
  local seq = redis.call('HGET', KEYS[1], 'seq')
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[1], seq .. '-0', 'e', ARGV[i], 't', publishedAtMs)
end
-- A show that nobody touches or looks at for a day needs no stream; it would begin anew, with a jump.
redis.call('EXPIRE', KEYS[1], 86400)
redis.call('EXPIRE', KEYS[2], 86400)
return redis.call('HGET', KEYS[1], 'seq')
