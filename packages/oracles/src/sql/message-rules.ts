import type { Rule } from './sql-oracle.ts'

/**
 * What others are told. None of these names a show: news that are late are a reason to look, not to stop selling. Every
 * one of them is cheap, because what was told is gone or behind a partial index.
 */
export const messageRules: readonly Rule[] = [
  {
    name: 'every-seat-change-is-published',
    says: 'No seat change waits for more than a minute to be published.',
    isCheap: 'always',
    find: () => `
      select 'outbox row ' || id || ' waits since ' || created_at, null::bigint
      from (select * from outbox order by id limit 20) oldest where created_at < now() - interval '1 minute'`,
  },
  {
    name: 'every-event-is-numbered',
    says: 'No event waits for more than a minute for its place in the order in which others hear of it.',
    isCheap: 'always',
    find: () => `
      select 'event ' || id || ' (' || type || ') has no position since ' || created_at, null::bigint
      from (select * from events where position is null order by id limit 20) oldest
      where created_at < now() - interval '1 minute'`,
  },
  {
    name: 'event-positions-have-no-gap',
    says: 'The positions of the newest thousand events are one unbroken row that ends where the relay stands.',
    isCheap: 'always',
    find: () => `
      select 'the relay stands at ' || last_position || ', and ' || newest.count || ' of its last 1000 positions are there up to '
             || coalesce(newest.last, 0), null::bigint
      from event_relay cross join lateral (
        select count(*) as count, max(position) as last from events where position > last_position - 1000
      ) newest
      where newest.count <> least(last_position, 1000) or coalesce(newest.last, 0) <> last_position`,
  },
  {
    name: 'every-event-is-delivered-or-pending',
    says: 'No delivery to an endpoint that is on is overdue for more than ten minutes: it was made, given up, or is on its way.',
    isCheap: 'always',
    find: () => `
      select 'delivery ' || due.id || ' to endpoint ' || endpoints.id || ' is due since ' || due.next_attempt_at, null::bigint
      from webhook_endpoints endpoints cross join lateral (
        select id, next_attempt_at from webhook_deliveries
        where endpoint_id = endpoints.id and state = 'PENDING' and next_attempt_at < now() - interval '10 minutes'
        order by next_attempt_at limit 20
      ) due
      where off_reason is null and removed_at is null`,
  },
  {
    name: 'data-platform-is-not-ahead',
    says: 'The data platform has at most what has happened.',
    isCheap: 'always',
    find: () => `
      select 'the data platform has ' || progress.last_position || ' of ' || event_relay.last_position || ' events', null::bigint
      from data_platform_progress progress cross join event_relay where progress.last_position > event_relay.last_position`,
  },
  {
    name: 'a-sale-is-told-once',
    says: 'Every sale and every refund of the last four weeks has one event that says so; what was not sold has none.',
    isCheap: 'never',
    find: () => `
      select 'reservation ' || reservations.id || ' is ' || state || ': told paid ' || coalesce(told.paid, 0)
             || ', refunded ' || coalesce(told.refunded, 0) || ' times', reservations.show_id
      from reservations
      cross join (
        -- none were kept before the first, and they are forgotten after thirty days
        select greatest(min(created_at), now() - interval '28 days') as since from events
      ) kept
      left join (
        select (data->>'reservationId')::bigint as id, count(*) filter (where type = 'reservation.paid') as paid,
               count(*) filter (where type = 'payment.refunded') as refunded
        from events where type in ('reservation.paid', 'payment.refunded') group by 1
      ) told on told.id = reservations.id
      where case when state in ('PAID', 'REFUNDED') and paid_at >= kept.since
              then coalesce(told.paid, 0) <> 1 else state not in ('PAID', 'REFUNDED') and told.paid > 0 end
         or case when state = 'REFUNDED' and ended_at >= kept.since
              then coalesce(told.refunded, 0) <> 1 else state <> 'REFUNDED' and told.refunded > 0 end`,
  },
]
