-- What the api processes said of their load lately.
--
-- KEYS  as report.lua
-- ARGV  1 good for (ms)
-- Reply {now, {reports as JSON}}
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local reports = {}
local known = redis.call('HGETALL', KEYS[1])
for i = 2, #known, 2 do
  local atMs, report = string.match(known[i], '^(%d+):(.*)$')
  if atMs and nowMs - tonumber(atMs) <= tonumber(ARGV[1]) then reports[#reports + 1] = report end
end
return { nowMs, reports }
