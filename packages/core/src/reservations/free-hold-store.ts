import { type Database, sqlState, violatedConstraint } from '../platform/database.ts'
import type { HoldGrant } from './hold-decision.ts'
import { type PlacedRow, type SentRow, toPlaced } from './hold-store.ts'
import { priceNowSql } from './price-store.ts'

/**
 * Holds seats that nobody has: counts, locks, reservations, seats and outbox rows in one statement, which is a transaction of its
 * own. Locks are taken in the order of everybody: counts by (show, fan), then, when all of those are had, seats by id. What
 * it was decided on may have changed since it was read, so the statement has the last word by itself: a fan beyond the limit breaks
 * `fan_seat_limit`, and a hold that got fewer seats than it names has no payload, which the outbox refuses. Either undoes
 * all of it. Each seat costs what its category costs when the statement begins. $4 names the seats once more, because the planner
 * cannot see into $3: it would read all seats.
 *
 * Each step passes on what later ones need, so that few are joined: the planner takes each for one row, and would compare
 * all with all (64 holds: 12,000 comparisons and 2,000 seats read again, a fifth of Postgres' time).
 */
export const placeFreeHoldsText = `
with wish as materialized (
  select wish.show_id, fan_id, seat_ids::bigint[] as seat_ids, concerts.id as concert_id, seats_per_fan,
         now() + hold_ttl_ms * interval '1 ms' as held_until, now() + hold_max_life_ms * interval '1 ms' as max_held_until
  from unnest($1::bigint[], $2::bigint[], $3::text[]) as wish (show_id, fan_id, seat_ids)
  left join shows on shows.id = wish.show_id left join concerts on concerts.id = shows.concert_id
), counted as (
  insert into fan_seat_counts (show_id, fan_id, seat_count, seat_limit)
  select show_id, fan_id, cardinality(seat_ids), seats_per_fan from wish order by show_id, fan_id
  on conflict (show_id, fan_id) do update
    set seat_count = fan_seat_counts.seat_count + excluded.seat_count, seat_limit = excluded.seat_limit
  returning 1
), locked as materialized (
  select id, category_code from seats
  where id = any($4::bigint[]) and status = 'available' and (select count(*) from counted) > 0
  order by id for update
), placed as (
  insert into reservations (show_id, concert_id, fan_id, seat_ids, amount_minor, held_until, max_held_until)
  select show_id, concert_id, fan_id, seat_ids, sum(${priceNowSql('asked.concert_id', 'locked.category_code')}), held_until, max_held_until
  from (select wish.*, unnest(seat_ids) as seat_id from wish) asked join locked on locked.id = asked.seat_id
  group by show_id, concert_id, fan_id, seat_ids, held_until, max_held_until
  returning id as reservation_id, show_id, concert_id, fan_id, seat_ids, held_at, held_until
), wanted as materialized (
  select placed.*, unnest(seat_ids) as seat_id from placed
), taken as (
  update seats set status = 'held', reservation_id = wanted.reservation_id, held_until = wanted.held_until, version = version + 1,
    price_minor = ${priceNowSql('wanted.concert_id', 'seats.category_code')}
  from wanted
  where seats.id = wanted.seat_id and seats.id = any($4::bigint[]) and seats.status = 'available'
  returning wanted.*, section, row_label, number, category_code, price_minor, version
), changed as materialized (
  select reservation_id, show_id, concert_id, fan_id, held_at, held_until, count(*) as seat_count,
         jsonb_agg(jsonb_build_array(seat_id, 'held', version)) as changes,
         json_agg(json_build_array(seat_id, section, row_label, number, category_code, price_minor)) as seats
  from taken group by reservation_id, show_id, concert_id, fan_id, held_at, held_until
), said as (
  insert into outbox (show_id, payload)
  select show_id, case when changed.seat_count = cardinality(wish.seat_ids) then jsonb_build_object(
    'fanId', fan_id, 'reservationId', reservation_id, 'state', 'HELD',
    'heldUntilMs', floor(extract(epoch from changed.held_until) * 1000), 'changes', changes) end
  from wish left join changed using (show_id, fan_id)
)
select reservation_id as "reservationId", concert_id as "concertId", show_id as "showId", fan_id as "fanId", seats,
       floor(extract(epoch from held_at) * 1000)::float8 as "heldAtMs",
       floor(extract(epoch from held_until) * 1000)::float8 as "heldUntilMs",
       floor(extract(epoch from clock_timestamp()) * 1000)::float8 as "asOfMs"
from changed`

/** What was read is no longer so, or others were in the way: nothing was done. */
const changedMeanwhile = ['23502', '40P01', '40001']

/**
 * Places the grants, all or none; `undefined`, with nothing done, when one of them could not be had as it was decided. No two may be
 * of one fan for one show, nor end a reservation.
 */
export async function insertFreeHolds(
  db: Database,
  grants: readonly HoldGrant[],
): Promise<PlacedRow[] | undefined> {
  try {
    const { rows } = await db.pool.query<SentRow>({
      name: 'place-free-holds',
      text: placeFreeHoldsText,
      values: [
        grants.map(({ request }) => request.showId),
        grants.map(({ request }) => request.fanId),
        grants.map(({ request }) => `{${request.seatIds.join(',')}}`),
        grants.flatMap(({ request }) => request.seatIds),
      ],
    })
    return rows.map(toPlaced)
  } catch (error) {
    if (changedMeanwhile.includes(sqlState(error) ?? '')) return undefined
    if (violatedConstraint(error) === 'fan_seat_limit') return undefined
    throw error
  }
}
