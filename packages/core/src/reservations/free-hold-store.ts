import type { SeatId } from '@greenroom/contract'
import { type Database, sqlState, violatedConstraint } from '../platform/database.ts'
import type { HoldGrant, SeatFacts } from './hold-decision.ts'
import type { PlacedRow } from './hold-store.ts'

/**
 * Holds seats that nobody has: counts, locks, reservations, seats and outbox rows in one statement, which is a transaction of its
 * own. Locks are taken in the order of everybody: counts by (show, fan), then, when all of those are had, seats by id. What
 * it was decided on may have changed since it was read, so the statement has the last word by itself: a fan beyond the limit breaks
 * `fan_seat_limit`, and a hold that got fewer seats than it names has no payload, which the outbox refuses. Either undoes
 * all of it. $4 names the seats once more, because the planner cannot see into $3: it would read all seats.
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
  select id, price_minor from seats
  where id = any($4::bigint[]) and status = 'available' and (select count(*) from counted) > 0
  order by id for update
), priced as (
  select show_id, fan_id, sum(price_minor) as amount_minor
  from (select show_id, fan_id, unnest(seat_ids) as seat_id from wish) asked join locked on locked.id = asked.seat_id
  group by show_id, fan_id
), placed as (
  insert into reservations (show_id, concert_id, fan_id, seat_ids, amount_minor, held_until, max_held_until)
  select show_id, concert_id, fan_id, seat_ids, amount_minor, held_until, max_held_until
  from wish join priced using (show_id, fan_id)
  returning id, show_id, concert_id, fan_id, seat_ids, held_at, held_until
), wanted as materialized (
  select id, held_until, unnest(seat_ids) as seat_id from placed
), taken as (
  update seats set status = 'held', reservation_id = wanted.id, held_until = wanted.held_until, version = version + 1
  from wanted
  where seats.id = wanted.seat_id and seats.id = any($4::bigint[]) and seats.status = 'available'
  returning seats.*
), changed as materialized (
  select reservation_id, count(*) as seat_count, jsonb_agg(jsonb_build_array(id, 'held', version)) as changes,
         json_agg(json_build_array(id, section, row_label, number, category_code, price_minor)) as seats
  from taken group by reservation_id
), said as (
  insert into outbox (show_id, payload)
  select wish.show_id, case when changed.seat_count = cardinality(wish.seat_ids) then jsonb_build_object(
    'fanId', wish.fan_id, 'reservationId', placed.id, 'state', 'HELD',
    'heldUntilMs', floor(extract(epoch from wish.held_until) * 1000), 'changes', changed.changes) end
  from wish left join placed using (show_id, fan_id) left join changed on changed.reservation_id = placed.id
)
select placed.id as "reservationId", concert_id as "concertId", show_id as "showId", fan_id as "fanId", seats,
       floor(extract(epoch from held_at) * 1000)::float8 as "heldAtMs",
       floor(extract(epoch from held_until) * 1000)::float8 as "heldUntilMs",
       floor(extract(epoch from clock_timestamp()) * 1000)::float8 as "asOfMs"
from placed join changed on changed.reservation_id = placed.id`

/** A hold that was placed, with its seats as it shows them. */
export type FreeHoldRow = PlacedRow & { seats: SeatFacts[] }

type Row = PlacedRow & { seats: [SeatId, string, string, string, number, number][] }

/** What was read is no longer so, or others were in the way: nothing was done. */
const changedMeanwhile = ['23502', '40P01', '40001']

/**
 * Places the grants, all or none; `undefined`, with nothing done, when one of them could not be had as it was decided. No two may be
 * of one fan for one show, nor end a reservation.
 */
export async function insertFreeHolds(
  db: Database,
  grants: readonly HoldGrant[],
): Promise<FreeHoldRow[] | undefined> {
  try {
    const { rows } = await db.pool.query<Row>({
      name: 'place-free-holds',
      text: placeFreeHoldsText,
      values: [
        grants.map(({ request }) => request.showId),
        grants.map(({ request }) => request.fanId),
        grants.map(({ request }) => `{${request.seatIds.join(',')}}`),
        grants.flatMap(({ request }) => request.seatIds),
      ],
    })
    return rows.map(({ seats, ...row }) => ({ ...row, seats: seats.map(toFacts) }))
  } catch (error) {
    if (changedMeanwhile.includes(sqlState(error) ?? '')) return undefined
    if (violatedConstraint(error) === 'fan_seat_limit') return undefined
    throw error
  }
}

function toFacts([seatId, section, row, number, categoryCode, priceMinor]: Row['seats'][number]): SeatFacts {
  return { seatId, section, row, number, categoryCode, priceMinor }
}
