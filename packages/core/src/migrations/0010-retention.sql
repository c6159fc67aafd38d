-- What is forgotten, and when: see the feature `retention`. The app's role removes none of these rows by itself. It may call
-- functions that remove, in one short statement, the oldest of those that are old enough by this clock; what others have
-- locked is left for the next time. At most 5,000 rows a call, however many were asked for.
-- Each walks along an index from its old end, whatever the planner believes of a table that grew within an hour.
create index sessions_expires_idx on sessions (expires_at);
create index webhook_deliveries_done_idx on webhook_deliveries (coalesce(delivered_at, next_attempt_at))
  where state <> 'PENDING';
-- the key of a charge is all that says that it was made: it stays with the ledger
create index idempotency_keys_age_idx on idempotency_keys (created_at) where command <> 'charge';

-- A session that was revoked is good for nothing as long as its row says so, and its token has an end of its own: the row
-- goes when that has passed.
create function forget_sessions(most integer) returns integer
language sql security definer
set search_path = public, pg_temp set enable_seqscan = off set enable_bitmapscan = off as $$
  with forgotten as (
    delete from sessions where id = any(array(
      select id from sessions where expires_at < now() - interval '30 days'
      order by expires_at limit least(most, 5000) for update skip locked))
    returning 1
  )
  select count(*)::integer from forgotten
$$;

create function forget_idempotency_keys(most integer) returns integer
language sql security definer
set search_path = public, pg_temp set enable_seqscan = off set enable_bitmapscan = off as $$
  with forgotten as (
    delete from idempotency_keys where ctid = any(array(
      select ctid from idempotency_keys
      where command <> 'charge' and created_at < now() - interval '30 days'
      order by created_at limit least(most, 5000) for update skip locked))
    returning 1
  )
  select count(*)::integer from forgotten
$$;

-- For one that is dead `next_attempt_at` is at most a day after its last attempt.
create function forget_webhook_deliveries(most integer) returns integer
language sql security definer
set search_path = public, pg_temp set enable_seqscan = off set enable_bitmapscan = off as $$
  with forgotten as (
    delete from webhook_deliveries where id = any(array(
      select id from webhook_deliveries
      where state <> 'PENDING' and coalesce(delivered_at, next_attempt_at) < now() - interval '30 days'
      order by coalesce(delivered_at, next_attempt_at) limit least(most, 5000) for update skip locked))
    returning 1
  )
  select count(*)::integer from forgotten
$$;

-- Walks along the positions, since what somebody still needs stays among what goes: `looked_up_to` is where the next call
-- goes on; null: nothing old comes after. The newest thousand stay, so that their row can be seen to have no gap.
create function forget_events(after bigint, most integer, out forgotten integer, out looked_up_to bigint)
language sql security definer
set search_path = public, pg_temp set enable_seqscan = off set enable_bitmapscan = off as $$
  with oldest as (
    select id, position, created_at < now() - interval '30 days' as is_old from events
    where position > after and position <= (select last_position - 1000 from event_relay)
    order by position limit least(most, 5000)
  ), unneeded as (
    select events.id from oldest join events on events.id = oldest.id
    where is_old
      and (type = 'webhook.test' or events.position <= (select last_position from data_platform_progress))
      and not exists (select from webhook_deliveries where event_id = events.id)
    for update of events skip locked
  ), gone as (
    delete from events where id = any(array(select id from unneeded)) returning 1
  )
  select (select count(*)::integer from gone),
         case when count(*) = least(most, 5000) and bool_and(is_old) then max(position) end
  from oldest
$$;

revoke execute on function forget_sessions, forget_idempotency_keys, forget_webhook_deliveries, forget_events from public;
grant execute on function forget_sessions, forget_idempotency_keys, forget_webhook_deliveries, forget_events to greenroom_app;

-- nothing is made old that is not
revoke update on sessions, idempotency_keys, invariant_checks from greenroom_app;
grant update (revoked_at) on sessions to greenroom_app;
grant update (reply) on idempotency_keys to greenroom_app;

-- checks are removed by whoever adds one, and only those that are old enough, too
alter table invariant_checks enable row level security;
create policy checks_are_read on invariant_checks for select to greenroom_app using (true);
create policy checks_are_added on invariant_checks for insert to greenroom_app with check (true);
create policy old_checks_go on invariant_checks for delete to greenroom_app
  using (checked_at < now() - interval '7 days');
