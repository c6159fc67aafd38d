-- Looks at what load-aware admission has come to, or puts a decision in its place.
--
-- ARGV  1 what the decision was made from, '' for none  2 the decision as JSON, '' to look  3 fans let in per minute
-- Reply {now, the decision that stands as JSON, '' for none}
-- Atomic: of two workers that decide at once, from the same, one is heard and the other finds it done.
-- include line.lua
local known = redis.call('HGET', line, 'paceState') or ''
if ARGV[2] ~= '' and known == ARGV[1] then
  known = ARGV[2]
  redis.call('HSET', line, 'paceState', known, 'pace', ARGV[3])
end
return { nowMs, known }
