-- Load-aware admission: how many are let in a minute follows how fast the api answers, between a floor and the operator's rate.
-- What it has come to is in Redis, and begins anew at the floor when that is lost.
alter table lines
  add column load_aware boolean not null default false,
  add column floor_per_minute integer not null default 60 check (floor_per_minute >= 1),
  -- of the calls of fans inside: above it fewer are let in
  add column target_p95_ms integer not null default 300 check (target_p95_ms between 10 and 10000);
