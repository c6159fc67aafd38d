-- One line per concert. What must survive the loss of Redis: settings, the epoch, and which places were spent.
create table lines (
  concert_id bigint primary key references concerts (id),
  mode text not null check (mode in ('lottery', 'fifo')),
  lobby_opens_at timestamptz,
  opens_at timestamptz not null,
  closes_at timestamptz,
  -- what an operator said last; null: the clock decides between before, lobby, open and closed
  override text check (override in ('open', 'paused', 'draining', 'closed')),
  capacity integer not null check (capacity >= 0),
  rate_per_minute integer check (rate_per_minute >= 0),
  claim_window_ms integer not null default 30000 check (claim_window_ms > 0),
  pass_ttl_ms integer not null default 600000 check (pass_ttl_ms > 0),
  -- after a loss of Redis nobody is admitted for this long, so that those who were ahead can come back first
  reentry_window_ms integer not null default 5000 check (reentry_window_ms >= 0),
  -- Grows each time Redis lost the line: places given after sort behind all places given before. A place is
  -- epoch * 2^40 + seq in a double, which is exact below 2^53.
  epoch integer not null default 0 check (epoch between 0 and 8191),
  -- the last epoch that a rebuilder saw begin; 0: nobody can have a place yet, so nobody has to be waited for
  begun_epoch integer not null default 0,
  lottery_seed text,
  lottery_commitment text,
  check ((mode = 'lottery') = (lottery_seed is not null and lottery_commitment is not null)),
  check (lobby_opens_at is null or lobby_opens_at <= opens_at)
);

-- The place with which a fan last went in. Written before Redis turns an offer into a pass, so that a payment knows
-- which place it spends without asking Redis.
create table entered_places (
  concert_id bigint not null references concerts (id),
  fan_id bigint not null references accounts (id),
  epoch integer not null,
  seq bigint not null,
  entered_at timestamptz not null default now(),
  primary key (concert_id, fan_id)
) with (fillfactor = 80);

-- A place whose pass bought something: its receipt and pass, and those of every earlier place of the fan, open nothing again.
create table spent_passes (
  concert_id bigint not null references concerts (id),
  fan_id bigint not null references accounts (id),
  epoch integer not null,
  seq bigint not null,
  spent_at timestamptz not null default clock_timestamp(),
  primary key (concert_id, fan_id, epoch, seq)
);
create index spent_passes_recent_idx on spent_passes (concert_id, spent_at);
