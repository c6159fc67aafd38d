-- The first steps of every script of a line, and the words they share. Included, never run by itself.
--
-- KEYS  the keys of one line, all with its hash tag:
--   line     hash   epoch, runId, beganAtMs, beganAtMs:<epoch>, reentryUntilMs, reentryEndsMs, seq, drawn, admitted,
--                   obtainable, obtainableAtMs, stock, budget, budgetAtMs, mostCapacity, lastInside, staff, pace, paceState
--   waiting  zset   fan -> place. All that is kept for a fan who waits.
--   inside   zset   fan -> when their offer or pass ends, pins included
--   passes   hash   fan -> "<o|a>:<place>:<ends>": an offer or an active pass; ends without pins
--   gone     hash   fan -> the last place of those that are over for them: given up, let lapse or spent
--   flow     hash   ten-second bucket -> fans let in
--   addresses hash  fan -> the address they wait at, and "@<address>" -> how many wait there, "@<network>" likewise: for those
--                   who joined while the concert counts them
--   proofs   zset   fan -> end of the challenge they spent last; forgotten a minute after that
--   moves    stream what became of places, for the history in Postgres; see `tell`
-- A place is one number, epoch * 2^40 + seq: smaller is sooner.
--
-- Reply 'REBUILDING' when Redis may have forgotten places: the epoch is missing (it was emptied), or another Redis
-- process wrote it (a restart may lose the last second of the append-only file, a promoted replica the last writes).
-- Asking INFO for our own run id costs 3.6 us, and unlike an argument it cannot be out of date.
local line, waiting, inside, passes, gone, flow = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local addresses, proofs = KEYS[7], KEYS[8]
local moves = KEYS[9]

local writer = redis.call('HMGET', line, 'epoch', 'runId')
if not writer[1] or writer[2] ~= string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') then
  return 'REBUILDING'
end
local epoch = tonumber(writer[1])

local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)

local firstFifoSeq = 2 ^ 39
local epochSize = 2 ^ 40

-- A number of up to 2^53 as text; tostring() keeps 14 digits only.
local function text(number)
  return string.format('%.0f', number)
end

-- The next place behind everybody.
local function nextPlace()
  return epoch * epochSize + firstFifoSeq + redis.call('HINCRBY', line, 'seq', 1)
end

-- When the epoch of a place began, for its receipt: the first answer stands, so that a place keeps one text through
-- restarts. Of an epoch that Redis lost nothing is known but when the next one began.
local function epochBeganAtMs(place)
  local field = 'beganAtMs:' .. text(math.floor(place / epochSize))
  local known = redis.call('HGET', line, field)
  if not known then
    known = redis.call('HGET', line, 'beganAtMs')
    redis.call('HSET', line, field, known)
  end
  return tonumber(known)
end

-- A fan who is inside, with the slot's own end, its end with pins, and whether this call let them in.
local function insideReply(kind, place, endsMs, untilMs, isNew)
  return { 'INSIDE', nowMs, kind, place, endsMs, untilMs, isNew and 1 or 0, epochBeganAtMs(place) }
end

local function readPass(value)
  local kind, place, endsMs = string.match(value, '^(%a):(%d+):(%d+)$')
  return kind, tonumber(place), tonumber(endsMs)
end

-- Tells the history (copy-line-history.ts) what became of fans, by their ids with commas between: one entry a step. Entries are
-- numbered, so that one that is missing is noticed; who copies them removes them, and 10,000 wait for one that is late. Who joins
-- is not told of: their places are found by their order.
local function tell(move, fans)
  local entry = redis.call('HINCRBY', line, 'moves', 1)
  redis.call('XADD', moves, 'MAXLEN', '~', 10000, text(epoch * epochSize + entry) .. '-0',
    'move', move, 'at', text(nowMs), 'fans', fans)
end

local function writePass(fan, kind, place, endsMs)
  redis.call('HSET', passes, fan, kind .. ':' .. text(place) .. ':' .. text(endsMs))
  redis.call('ZADD', inside, endsMs, fan)
end

-- Remembers that the fan's turn with this place is over, and with it whatever else they were given until now: while Redis had
-- forgotten the place, another device of theirs may have been given a later one, whose receipt is as good.
local function markGone(fan, place)
  local last = epoch * epochSize + firstFifoSeq + tonumber(redis.call('HGET', line, 'seq') or 0)
  redis.call('HSET', gone, fan, text(math.max(place, last)))
end

-- What an address is counted under: itself, and of IPv6 its network of 48 bits too.
local function countsOf(address)
  local network = string.match(address, '^(%x+:%x+:%x+):%x+::')
  if network then return { '@' .. address, '@' .. network .. '::/48' } end
  return { '@' .. address }
end

-- The fan waits no more: their address has room for another account.
local function forgetAddress(fan)
  local address = redis.call('HGET', addresses, fan)
  if not address then return end
  redis.call('HDEL', addresses, fan)
  for _, count in ipairs(countsOf(address)) do
    if redis.call('HINCRBY', addresses, count, -1) <= 0 then redis.call('HDEL', addresses, count) end
  end
end

local function leaveWaiting(fan)
  redis.call('ZREM', waiting, fan)
  forgetAddress(fan)
end

-- The fan's entry in `passes`, false when there is none. An entry without its slot is none: Redis lost the set of those
-- inside and others may have the slot by now, so the pass that the fan shows decides anew, while there is room.
local function findPass(fan)
  local held = redis.call('HGET', passes, fan)
  if held and not redis.call('ZSCORE', inside, fan) then
    redis.call('HDEL', passes, fan)
    return false
  end
  return held
end

-- Takes the fan's slot away. `value` is their entry in `passes`; false when Redis lost it, and with it the place.
local function endPass(fan, value)
  redis.call('HDEL', passes, fan)
  redis.call('ZREM', inside, fan)
  if not value then return end
  local _, place = readPass(value)
  markGone(fan, place)
end

-- The same of one whose time ran out, and tells which: an offer was missed, a pass is over.
local function endByTime(fan, value)
  endPass(fan, value)
  local kind = readPass(value)
  tell(kind == 'o' and 'missed' or 'ended', fan)
end

-- Ten seconds' worth of the rate may be saved up: a tick that is late by less changes nothing, and a worker that was
-- dead for an hour lets in no burst.
local savedUpMs = 10000

-- How many may be let in now; `ratePerMinute` below 0 is no limit. What load-aware admission has come to, if it is on, is one too. Seats still obtainable are what the last tick
-- counted; a count older than 5 s, or none, lets nobody in.
local function freePlaces(capacity, ratePerMinute)
  local known =
    redis.call('HMGET', line, 'reentryUntilMs', 'obtainable', 'obtainableAtMs', 'budget', 'budgetAtMs', 'pace')
  if nowMs < tonumber(known[1]) then return 0 end
  if not known[3] or nowMs - tonumber(known[3]) > 5000 then return 0 end
  local active = redis.call('ZCARD', inside)
  local free = math.min(capacity - active, tonumber(known[2]) - active)
  local pace = tonumber(known[6] or nil)
  if pace and (ratePerMinute < 0 or pace < ratePerMinute) then ratePerMinute = pace end
  if ratePerMinute >= 0 then
    local most = math.max(1, ratePerMinute * savedUpMs / 60000)
    local saved = tonumber(known[4] or 1)
    local sinceMs = math.max(0, nowMs - tonumber(known[5] or nowMs))
    local budget = math.min(most, saved + sinceMs * ratePerMinute / 60000)
    redis.call('HSET', line, 'budget', string.format('%.6f', budget), 'budgetAtMs', text(nowMs))
    free = math.min(free, ratePerMinute == 0 and 0 or math.floor(budget))
  end
  return math.max(0, free)
end

-- For inspect.lua: until its next look the room may be as full as the largest capacity by which anybody was let in.
local function noteCapacity(capacity)
  if capacity > tonumber(redis.call('HGET', line, 'mostCapacity') or 0) then
    redis.call('HSET', line, 'mostCapacity', capacity)
  end
end

-- Books `count` fans as let in: the total everybody counts by, the measured outflow, the rate's budget.
local function bookAdmissions(count, ratePerMinute)
  redis.call('HINCRBY', line, 'admitted', count)
  redis.call('HINCRBY', flow, text(math.floor(nowMs / 10000)), count)
  if ratePerMinute >= 0 or redis.call('HGET', line, 'pace') then
    redis.call('HINCRBYFLOAT', line, 'budget', -count)
  end
end

-- Somebody came back after a loss: keep the door shut until it has been quiet for two seconds, within bounds.
local function extendReentry()
  local known = redis.call('HMGET', line, 'reentryUntilMs', 'reentryEndsMs')
  local untilMs = tonumber(known[1])
  if nowMs >= untilMs then return end
  redis.call('HSET', line, 'reentryUntilMs', text(math.max(untilMs, math.min(nowMs + 2000, tonumber(known[2])))))
end
