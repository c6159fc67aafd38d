-- What became of places in the line since a copier last looked, and changes nothing.
--
-- ARGV  1 the last entry of `moves` that was copied (epoch * 2^40 + its number)  2 most entries
--       3 the last place that was seen  4 most places
-- Reply {now, epoch, entries told so far, {entry, move, at, fans, ...}, {fan, place as text, ...}}
-- Places come in the order in which they were given; those of a draw not before it is over, when nobody joins it any more.
-- include line.lua
local entries = {}
for _, entry in ipairs(redis.call('XRANGE', moves, '(' .. ARGV[1] .. '-0', '+', 'COUNT', ARGV[2])) do
  local id, fields = entry[1], entry[2]
  entries[#entries + 1] = string.match(id, '^(%d+)')
  entries[#entries + 1] = fields[2]
  entries[#entries + 1] = fields[4]
  entries[#entries + 1] = fields[6]
end

local places = {}
if redis.call('HEXISTS', line, 'drawn') == 1 then
  local found = redis.call('ZRANGE', waiting, '(' .. ARGV[3], '+inf', 'BYSCORE', 'LIMIT', 0, ARGV[4], 'WITHSCORES')
  for i = 1, #found, 2 do
    places[i] = found[i]
    places[i + 1] = text(tonumber(found[i + 1]))
  end
end
return { nowMs, epoch, tonumber(redis.call('HGET', line, 'moves') or 0), entries, places }
