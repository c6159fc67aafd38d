-- What happened, for others: written in the transaction that did it, never changed. `position` is the one thing that
-- comes later: the relay gives every event its place in one gapless order, the order in which others hear of it.
create table events (
  id bigint generated always as identity primary key,
  type text not null check (type in ('reservation.paid', 'reservation.expired', 'payment.refunded', 'webhook.test')),
  data jsonb not null,
  created_at timestamptz not null default now(),
  position bigint unique check (position > 0)
);
create index events_fresh_idx on events (id) where position is null;

-- One row: how far the relay has numbered. Whoever relays locks it, so there is one at a time.
create table event_relay (
  only_row boolean primary key default true check (only_row),
  last_position bigint not null default 0
);
insert into event_relay default values;

-- No secret is stored: it is derived from the process's SECRET, the endpoint's id and this version.
create table webhook_endpoints (
  id bigint generated always as identity primary key,
  url text not null check (length(url) between 8 and 2000),
  description text not null default '' check (length(description) <= 80),
  event_types text[] not null check (cardinality(event_types) > 0),
  secret_version integer not null default 1 check (secret_version > 0),
  -- for a day after this the secret before it signs, too
  rotated_at timestamptz,
  -- 'gone': the endpoint answered 410
  off_reason text check (off_reason in ('operator', 'gone')),
  removed_at timestamptz,
  created_at timestamptz not null default now()
);

-- One event for one endpoint. `next_attempt_at`: not before then; while an attempt is under way, when it counts as lost.
create table webhook_deliveries (
  id bigint generated always as identity primary key,
  event_id bigint not null references events (id),
  endpoint_id bigint not null references webhook_endpoints (id),
  state text not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'DEAD')),
  attempts integer not null default 0 check (attempts >= 0),
  -- a replay tries as often again: the wait between attempts counts from here
  attempts_before_replay integer not null default 0 check (attempts_before_replay <= attempts),
  next_attempt_at timestamptz not null default now(),
  last_status integer,
  last_error text,
  created_at timestamptz not null default now(),
  delivered_at timestamptz,
  unique (event_id, endpoint_id),
  check ((state = 'DELIVERED') = (delivered_at is not null))
) with (fillfactor = 80);
create index webhook_deliveries_due_idx on webhook_deliveries (endpoint_id, next_attempt_at) where state = 'PENDING';
create index webhook_deliveries_state_idx on webhook_deliveries (endpoint_id, state, id desc);

-- One row: up to which position the data platform has everything.
create table data_platform_progress (
  only_row boolean primary key default true check (only_row),
  last_position bigint not null default 0,
  failures integer not null default 0 check (failures >= 0),
  next_attempt_at timestamptz not null default now()
);
insert into data_platform_progress default values;

-- what happened stays as it was written; only its position is filled in
revoke update on events from greenroom_app;
grant update (position) on events to greenroom_app;
