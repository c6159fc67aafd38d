-- How fast the line moves, from what was really let in. Included after line.lua.
local measuredBuckets = 30 -- of ten seconds: five minutes

-- Fans let in per minute as text; '' when nobody was let in during the measured time. Forgets older buckets.
local function measureOutflow()
  local current = math.floor(nowMs / 10000)
  local buckets = redis.call('HGETALL', flow)
  local total, oldest = 0, current
  for i = 1, #buckets, 2 do
    local bucket = tonumber(buckets[i])
    if bucket <= current - measuredBuckets then
      redis.call('HDEL', flow, buckets[i])
    else
      total = total + tonumber(buckets[i + 1])
      oldest = math.min(oldest, bucket)
    end
  end
  if total == 0 then return '' end
  -- at least one whole bucket, or the first admission of all would look like a flood
  return string.format('%.3f', total * 60000 / math.max(10000, nowMs - oldest * 10000))
end
