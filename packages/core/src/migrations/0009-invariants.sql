-- Every check of the invariants, newest last: what was broken, and what was asked. Kept for a week.
create table invariant_checks (
  id bigint generated always as identity primary key,
  cost text not null check (cost in ('cheap', 'full')),
  -- the names of all that were asked, so that a metric can say nothing is wrong
  oracles text[] not null check (cardinality(oracles) > 0),
  -- [{"oracle": text, "fault": text, "showId": n|absent}, ...]
  violations jsonb not null,
  took_ms integer not null check (took_ms >= 0),
  checked_at timestamptz not null default now()
);
grant delete on invariant_checks to greenroom_app;

-- Null: nothing stands against selling seats of the show. Otherwise the oracle that was broken: holds and payments are refused.
alter table shows add column stopped_by text;

-- Why a show was stopped, and who let it go on. A fault that an operator has looked at does not stop the show again.
create table sale_stops (
  id bigint generated always as identity primary key,
  show_id bigint not null references shows (id),
  oracle text not null,
  fault text not null,
  stopped_at timestamptz not null default now(),
  resumed_at timestamptz,
  resumed_by bigint references accounts (id),
  unique (show_id, oracle, fault),
  check ((resumed_at is null) = (resumed_by is null))
);
create index sale_stops_open_idx on sale_stops (show_id) where resumed_at is null;
