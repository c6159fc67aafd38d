-- Finds a fan's place, gives one to a newcomer, or gives one back to a fan who proves it.
--
-- ARGV  1 fan  2 may a newcomer join (0/1)  3 may anybody be let in (0/1)  4 the fan's place in the draw, '' for none
--       5 the draw ends at (ms)  6 capacity  7 rate per minute (-1: none)  8 claim window (ms)
--       9 place of the receipt shown, ''  10 place of the pass shown, ''  11 its kind (o/a)  12 it ends at (ms)
--       13 both were checked against the spent ones in Postgres (0/1)
--       14 the fan's address, '' for unknown  15 most who may wait at one, '' for any number; in an IPv6 network of 48 bits four times as many
--       16 end of the challenge that a newcomer solved, '' when none was asked for
-- Reply {'INSIDE', now, kind, place, ends, ends with pins, just let in 0/1, when the place's epoch began}
--       {'WAITING', now, place, ahead (-1 before the draw), admitted, when the place's epoch began, last tick (0: none)}
--       {'NONE', now}           not in line, and not let in
--       {'SPENT', now}          the challenge was solved for an earlier place: another one is needed
--       {'CROWDED', now, most}  as many as may wait at that address, or in its network, wait there
--       {'UNPROVEN', place}     a token would decide: check it, then ask again with ARGV[13] = 1
-- Atomic: whatever the number of tabs, one of them makes the place and the others find it.
-- include line.lua
local fan = ARGV[1]
local mayJoin, mayAdmit = ARGV[2] == '1', ARGV[3] == '1'
local drawnPlace, drawEndsMs = tonumber(ARGV[4]), tonumber(ARGV[5])
local capacity, ratePerMinute, claimWindowMs = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local receiptPlace, passPlace, passKind, passEndsMs = tonumber(ARGV[9]), tonumber(ARGV[10]), ARGV[11], tonumber(ARGV[12])
local isProven = ARGV[13] == '1'
local address, mostPerAddress, proofEndsMs = ARGV[14] or '', tonumber(ARGV[15]), tonumber(ARGV[16])

local held = findPass(fan)
if held then
  local untilMs = tonumber(redis.call('ZSCORE', inside, fan))
  if untilMs > nowMs then
    local kind, place, endsMs = readPass(held)
    return insideReply(kind, place, endsMs, untilMs)
  end
  endByTime(fan, held)
end

local place = tonumber(redis.call('ZSCORE', waiting, fan) or nil)

-- A token counts when it is better than what Redis knows. A pass that ran out proves nothing; its receipt may.
local claim, claimsPass = receiptPlace, false
if passPlace and passEndsMs > nowMs then claim, claimsPass = passPlace, true end
if claim and (not place or claim < place) then
  if not isProven then return { 'UNPROVEN', claim } end
  local gonePlace = tonumber(redis.call('HGET', gone, fan) or nil)
  if not gonePlace or gonePlace < claim then
    extendReentry()
    if claimsPass and redis.call('ZCARD', inside) < capacity then
      noteCapacity(capacity)
      leaveWaiting(fan)
      writePass(fan, passKind, claim, passEndsMs)
      return insideReply(passKind, claim, passEndsMs, passEndsMs)
    end
    -- with a receipt, or with a pass when the room filled up meanwhile: the first place that gets free is theirs
    redis.call('ZADD', waiting, claim, fan)
    place = claim
  end
end

local drawn = redis.call('HGET', line, 'drawn')
if not place then
  if not mayJoin then return { 'NONE', nowMs } end
  if proofEndsMs then
    local spentMs = tonumber(redis.call('ZSCORE', proofs, fan) or nil)
    if spentMs and spentMs >= proofEndsMs then return { 'SPENT', nowMs } end
  end
  if address ~= '' and mostPerAddress then
    local counts = countsOf(address)
    local count = tonumber(redis.call('HGET', addresses, counts[1]) or 0)
    if count >= mostPerAddress then return { 'CROWDED', nowMs, mostPerAddress } end
    -- as many as four addresses may have: see counted-address.ts
    local most = 4 * mostPerAddress
    local inNetwork = counts[2] and tonumber(redis.call('HGET', addresses, counts[2]) or 0) or 0
    if inNetwork >= most then return { 'CROWDED', nowMs, most } end
  end
  if proofEndsMs then
    redis.call('ZADD', proofs, proofEndsMs, fan)
    -- two go for each that comes, so what is kept is bounded by those who came while a challenge lives
    for _, old in ipairs(redis.call('ZRANGE', proofs, '-inf', nowMs - 60000, 'BYSCORE', 'LIMIT', 0, 2)) do
      redis.call('ZREM', proofs, old)
    end
  end
  if drawnPlace and not drawn and nowMs < drawEndsMs then
    place = drawnPlace
    redis.call('HDEL', gone, fan)
  else
    -- from the first place given in order, the draw takes nobody any more, whatever another process's clock says
    if not drawn then redis.call('HSET', line, 'drawn', 1) end
    place = nextPlace()
    if mayAdmit and redis.call('ZCARD', waiting) == 0 and freePlaces(capacity, ratePerMinute) >= 1 then
      noteCapacity(capacity)
      bookAdmissions(1, ratePerMinute)
      writePass(fan, 'o', place, nowMs + claimWindowMs)
      tell('offered', fan)
      return insideReply('o', place, nowMs + claimWindowMs, nowMs + claimWindowMs, true)
    end
  end
  redis.call('ZADD', waiting, 'NX', place, fan)
end

-- who came before the limit, or back with a receipt, counts as well and is never turned away
if address ~= '' and mostPerAddress and not redis.call('HGET', addresses, fan) then
  redis.call('HSET', addresses, fan, address)
  for _, count in ipairs(countsOf(address)) do redis.call('HINCRBY', addresses, count, 1) end
end

local ahead = redis.call('ZRANK', waiting, fan)
if place < firstFifoSeq and not drawn and nowMs < drawEndsMs then ahead = -1 end
local known = redis.call('HMGET', line, 'admitted', 'obtainableAtMs')
return { 'WAITING', nowMs, place, ahead, tonumber(known[1] or 0), epochBeganAtMs(place), tonumber(known[2] or 0) }
