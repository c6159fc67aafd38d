-- A show that does not take place. It is stopped as a broken invariant stops one (`stopped_by`), which every hold and every
-- payment asks already; no operator lets it go on.
alter table shows add column cancelled_at timestamptz;
alter table shows add constraint cancelled_show_is_stopped check (cancelled_at is null or stopped_by is not null);

create table cancellations (
  show_id bigint primary key references shows (id),
  reason text not null check (length(reason) between 1 and 500),
  cancelled_by bigint not null references accounts (id),
  cancelled_at timestamptz not null default now(),
  finished_at timestamptz
);
create index cancellations_open_idx on cancellations (show_id) where finished_at is null;

-- What is given back because of it, a row for each paid reservation: the list to work through, and what became of it.
create table cancellation_refunds (
  show_id bigint not null references cancellations (show_id),
  reservation_id bigint not null references reservations (id),
  state text not null default 'PENDING' check (state in ('PENDING', 'REFUNDED', 'FAILED')),
  attempts integer not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz not null default now(),
  last_error text check (length(last_error) <= 300),
  refunded_at timestamptz,
  primary key (show_id, reservation_id),
  check ((state = 'REFUNDED') = (refunded_at is not null)),
  check (state <> 'FAILED' or last_error is not null)
) with (fillfactor = 80);
create index cancellation_refunds_due_idx on cancellation_refunds (show_id, next_attempt_at) where state = 'PENDING';

-- A ticket that was used and then given back (the show broke off, or an operator said so) still says when it was used.
alter table tickets drop constraint tickets_check;
alter table tickets add constraint tickets_check check (
  case state when 'USED' then used_at is not null when 'VALID' then used_at is null else true end);
-- who let its holder in; null for those admitted before this column was
alter table tickets add column used_by bigint references accounts (id);
create index tickets_used_idx on tickets (show_id) where state = 'USED';

-- `show.cancelled` beside whatever types are known by now
do $$
declare known text := (select pg_get_expr(conbin, conrelid) from pg_constraint where conname = 'events_type_check');
begin
  alter table events drop constraint events_type_check;
  execute format('alter table events add constraint events_type_check check (type = ''show.cancelled'' or %s)', known);
end
$$;

-- why, by whom and since when stays as it was written; the list grows and its rows change, none goes
revoke update on cancellations from greenroom_app;
grant update (finished_at) on cancellations to greenroom_app;
