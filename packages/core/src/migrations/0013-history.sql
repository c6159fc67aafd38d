-- The audit is searched: by who, what, to what and when, each newest first, and by words in any of it.
create index audit_entries_actor_idx on audit_entries (actor_id, id);
create index audit_entries_action_idx on audit_entries (action, id);
create index audit_entries_target_idx on audit_entries (target, id);
create index audit_entries_created_idx on audit_entries (created_at);

-- What is no letter or figure parts words: the parser would take `line.steer` for the name of a host and keep it whole.
create function audit_words(action text, target text, before jsonb, after jsonb) returns tsvector
language sql immutable parallel safe as $$
  select to_tsvector('simple', regexp_replace(
    action || ' ' || target || ' ' || coalesce(before::text, '') || ' ' || coalesce(after::text, ''),
    '[^[:alnum:]]+', ' ', 'g'))
$$;
create index audit_entries_words_idx on audit_entries using gin (audit_words(action, target, before, after));

-- What became of fans' places in a line, copied from Redis a second later, so that it can still be told when Redis has
-- forgotten it. No foreign keys: half a million rows a sale, of fans and concerts that are never removed.
create table line_moves (
  id bigint generated always as identity primary key,
  concert_id bigint not null,
  fan_id bigint not null,
  move text not null check (move in ('joined', 'drawn', 'offered', 'staff', 'entered', 'missed', 'ended', 'left')),
  -- by Redis' clock; of one who joined: seen by then, and not yet at `not_before`
  at timestamptz not null,
  not_before timestamptz,
  noted_at timestamptz not null default now(),
  check (not_before is null or move in ('joined', 'drawn'))
);
create index line_moves_fan_idx on line_moves (fan_id, at);
create index line_moves_concert_idx on line_moves (concert_id, id);

-- How far each line's history is copied: the last entry of its stream and the last place given in order.
create table line_histories (
  concert_id bigint primary key references concerts (id),
  since timestamptz not null default now(),
  -- each as one number, epoch * 2^40 + its own
  entry bigint not null,
  place bigint not null,
  -- when all places had been seen; null: never yet
  seen_at timestamptz
);

-- Between these two moments something may be missing, and why.
create table line_history_gaps (
  id bigint generated always as identity primary key,
  concert_id bigint not null references concerts (id),
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at >= from_at),
  reason text not null check (reason in ('redisLost', 'tooLate'))
);
create index line_history_gaps_concert_idx on line_history_gaps (concert_id, to_at);

-- what was seen is not seen otherwise later
revoke update on line_moves, line_history_gaps from greenroom_app;

-- As in 0010: the app removes no row by itself, only the oldest that are old enough.
create index line_moves_noted_idx on line_moves (noted_at);
create function forget_line_moves(most integer) returns integer
language sql security definer
set search_path = public, pg_temp set enable_seqscan = off set enable_bitmapscan = off as $$
  with forgotten as (
    delete from line_moves where id = any(array(
      select id from line_moves where noted_at < now() - interval '30 days'
      order by noted_at limit least(most, 5000) for update skip locked))
    returning 1
  )
  select count(*)::integer from forgotten
$$;
revoke execute on function forget_line_moves from public;
grant execute on function forget_line_moves to greenroom_app;
