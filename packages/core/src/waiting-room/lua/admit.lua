-- One tick of the line: ends what ran out, then offers the free slots to those who are first.
--
-- ARGV  1 may anybody be let in (0/1)  2 capacity  3 rate per minute (-1: none)  4 claim window (ms)
--       5 seats still obtainable  6 stock as JSON  7 most offers  8 most endings  9 does the rate follow the load (0/1)
-- Reply {now, epoch, admitted, waiting, active, outflow, obtainable, stock (as progress.lua), {fans offered}, {fans ended}}
-- Atomic, and computed from the state and Redis' clock alone: a tick that is late, doubled or run by two workers at
-- once lets in nobody too many. Should the caller die before reading the reply, the offers stand; their fans find
-- them on their next look.
-- include line.lua
-- include outflow.lua
local mayAdmit = ARGV[1] == '1'
local capacity, ratePerMinute, claimWindowMs = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local mostOffers, mostEndings = tonumber(ARGV[7]), tonumber(ARGV[8])

redis.call('HSET', line, 'obtainable', ARGV[5], 'obtainableAtMs', text(nowMs), 'stock', ARGV[6])
noteCapacity(capacity)
if ARGV[9] ~= '1' then redis.call('HDEL', line, 'pace', 'paceState') end

local ended = redis.call('ZRANGE', inside, '-inf', nowMs, 'BYSCORE', 'LIMIT', 0, mostEndings)
local missed, over = {}, {}
for _, fan in ipairs(ended) do
  local held = redis.call('HGET', passes, fan)
  endPass(fan, held)
  if held and string.match(held, '^(%a)') == 'o' then
    missed[#missed + 1] = fan
  else
    over[#over + 1] = fan
  end
end
if #missed > 0 then tell('missed', table.concat(missed, ',')) end
if #over > 0 then tell('ended', table.concat(over, ',')) end

-- Offers to all who were popped, in two writes: one for each fan would take twice as long. 1,000 offers at most are 2,000
-- arguments; Lua takes 8,000.
local function writeOffers(popped, endsMs)
  local offers, slots, fans = {}, {}, {}
  local ends = text(endsMs)
  local tail = ':' .. ends
  -- Every Redis writes a place below 2^52 in full, as we do; some write 5e+15 above it, which is not how we read it. The last is the largest.
  local hasAddresses = redis.call('HLEN', addresses) > 0
  local isFull = tonumber(popped[#popped]) < 4503599627370496
  for i = 1, #popped, 2 do
    local fan, place = popped[i], popped[i + 1]
    if not isFull then place = text(tonumber(place)) end
    offers[i] = fan
    offers[i + 1] = 'o:' .. place .. tail
    slots[i] = ends
    slots[i + 1] = fan
    fans[(i + 1) / 2] = fan
    if hasAddresses then forgetAddress(fan) end
  end
  redis.call('HSET', passes, unpack(offers))
  redis.call('ZADD', inside, unpack(slots))
  return fans
end

local offered = {}
if mayAdmit then
  redis.call('HSETNX', line, 'drawn', 1)
  local count = math.min(freePlaces(capacity, ratePerMinute), mostOffers)
  if count > 0 then
    local popped = redis.call('ZPOPMIN', waiting, count)
    if #popped > 0 then
      offered = writeOffers(popped, nowMs + claimWindowMs)
      bookAdmissions(#offered, ratePerMinute)
      tell('offered', table.concat(offered, ','))
    end
  end
end

return {
  nowMs, epoch, tonumber(redis.call('HGET', line, 'admitted') or 0), redis.call('ZCARD', waiting),
  redis.call('ZCARD', inside), measureOutflow(), tonumber(ARGV[5]), ARGV[6], offered, ended,
}
