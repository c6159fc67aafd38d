-- A show that begins at another time than was said, as often as that changes: who bought before is told from when it was moved.
create table show_moves (
  id bigint generated always as identity primary key,
  show_id bigint not null references shows (id) on delete cascade,
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at <> from_at),
  moved_by bigint not null references accounts (id),
  moved_at timestamptz not null default clock_timestamp()
);
create index show_moves_show_idx on show_moves (show_id, moved_at);

-- A show that was removed, and the range of seat ids that it had: no other show is given one of them.
create table removed_shows (
  show_id bigint primary key,
  concert_id bigint not null references concerts (id),
  starts_at timestamptz not null,
  first_seat_id bigint not null,
  seat_count integer not null,
  removed_by bigint not null references accounts (id),
  removed_at timestamptz not null default clock_timestamp()
);

-- what was said stays as it was said
revoke update on show_moves, removed_shows from greenroom_app;
-- the function below writes it
revoke insert on removed_shows from greenroom_app;

-- An operator opened it before its time. The clock alone does not know that afterwards, and fans may have had places in it.
alter table lines add column was_opened boolean not null default false;
update lines set was_opened = true
where override = 'open' or exists (
  select from audit_entries where target = 'concert ' || concert_id and action = 'line.steer' and after ->> 'override' = 'open');

-- To remove a seat is to look for its ticket: 90,000 of a stadium by index.
create index tickets_seat_idx on tickets (seat_id);

-- The app removes no show by itself. This does, where nothing was ever sold or held of it and nobody was let into its line; and
-- says why when it does not. Locks as everybody does, the line first: nobody opens it meanwhile. A hold that is under way has
-- its seats locked until it ends, so what it did is seen; one that comes later finds no seat.
create function remove_show(which bigint, by_whom bigint) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  its_concert bigint := (select concert_id from shows where id = which);
begin
  perform from lines where concert_id = its_concert for update;
  perform from seats where show_id = which order by id for update;
  perform from shows where id = which for update;
  if not found then
    return case when exists (select from removed_shows where show_id = which) then 'gone' else 'unknown' end;
  end if;
  if exists (select from shows where id = which and cancelled_at is not null) then
    return 'cancelled';
  end if;
  if exists (select from lines where concert_id = its_concert
             and (was_opened or override = 'open' or opens_at <= clock_timestamp() or lobby_opens_at <= clock_timestamp())) then
    return 'opened';
  end if;
  if exists (select from fan_seat_counts where show_id = which) or exists (select from sale_stops where show_id = which) then
    return 'touched';
  end if;
  insert into removed_shows (show_id, concert_id, starts_at, first_seat_id, seat_count, removed_by)
  select id, concert_id, starts_at, first_seat_id, seat_count, by_whom from shows where id = which;
  delete from seats where show_id = which;
  delete from shows where id = which;
  return 'removed';
end
$$;
revoke execute on function remove_show from public;
grant execute on function remove_show to greenroom_app;

-- `show.moved` beside whatever types are known by now
do $$
declare known text := (select pg_get_expr(conbin, conrelid) from pg_constraint where conname = 'events_type_check');
begin
  alter table events drop constraint events_type_check;
  execute format('alter table events add constraint events_type_check check (type = ''show.moved'' or %s)', known);
end
$$;
