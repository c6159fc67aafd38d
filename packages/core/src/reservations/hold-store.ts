import type { AccountId, ConcertId, ReservationId, SeatId, ShowId } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import type { HoldGrant, SeatFacts } from './hold-decision.ts'
import { priceNowSql } from './price-store.ts'

/** A reservation as it was just inserted, with its seats as it shows them; times are milliseconds by the database's clock. */
export type PlacedRow = {
  reservationId: ReservationId
  concertId: ConcertId
  showId: ShowId
  fanId: AccountId
  heldAtMs: number
  heldUntilMs: number
  asOfMs: number
  seats: SeatFacts[]
}

/** As Postgres sends a seat: an array a seat instead of an object, which has its names in it once a seat. */
type SentSeat = [SeatId, string, string, string, number, number]

/** A row with its seats read. */
export function toPlaced<Row extends { seats: SentSeat[] }>({ seats, ...row }: Row) {
  return {
    ...row,
    seats: seats.map(
      ([seatId, section, rowLabel, number, categoryCode, priceMinor]): SeatFacts => ({
        seatId,
        section,
        row: rowLabel,
        number,
        categoryCode,
        priceMinor,
      }),
    ),
  }
}

export type SentRow = Omit<PlacedRow, 'seats'> & { seats: SentSeat[] }

/** See below. */
const seatPriceSql = (concertId: string): string =>
  `case when seats.id = any($4::bigint[]) then seats.price_minor else ${priceNowSql(concertId, 'seats.category_code')} end`

/**
 * Inserts the reservations and takes their seats, all in one statement, with the counts and the outbox rows. Only an
 * available seat is taken: the caller has locked the counts and the seats and ended whatever stood in the way; the condition is the
 * last word all the same. A seat costs what its category costs when the statement begins, or, if the fan held it until now ($4), what
 * it cost then. $6 names the seats once more, because the planner cannot see into $3: it would read all seats.
 * `chain.began_at`: what a fan swaps for other seats does not start the hard maximum anew.
 */
export const placeHoldsText = `
with wish as (
  select show_id, fan_id, seat_ids::bigint[] as seat_ids, replaced::bigint[] as replaced
  from unnest($1::bigint[], $2::bigint[], $3::text[], $5::text[]) as wish (show_id, fan_id, seat_ids, replaced)
), placed as (
  insert into reservations
    (show_id, concert_id, fan_id, seat_ids, amount_minor, first_held_at, held_until, max_held_until)
  select wish.show_id, concerts.id, wish.fan_id, wish.seat_ids, cost.amount_minor, chain.began_at,
         least(now() + concerts.hold_ttl_ms * interval '1 ms', chain.began_at + concerts.hold_max_life_ms * interval '1 ms'),
         chain.began_at + concerts.hold_max_life_ms * interval '1 ms'
  from wish
  join shows on shows.id = wish.show_id
  join concerts on concerts.id = shows.concert_id
  cross join lateral (
    select coalesce(min(first_held_at), now()) as began_at from reservations where id = any(wish.replaced)
  ) chain
  cross join lateral (
    select sum(${seatPriceSql('concerts.id')}) as amount_minor from seats where seats.id = any(wish.seat_ids)
  ) cost
  returning id, show_id, concert_id, fan_id, seat_ids, held_at, held_until
), taken as (
  update seats set status = 'held', reservation_id = wanted.id, held_until = wanted.held_until, version = version + 1,
    price_minor = ${seatPriceSql('wanted.concert_id')}
  from (select id, concert_id, held_until, unnest(seat_ids) as seat_id from placed) wanted
  where seats.id = wanted.seat_id and seats.id = any($6::bigint[]) and seats.status = 'available'
  returning seats.id, seats.reservation_id, seats.version, section, row_label, number, category_code, price_minor
), counted as (
  insert into fan_seat_counts (show_id, fan_id, seat_count, seat_limit)
  select placed.show_id, placed.fan_id, cardinality(placed.seat_ids), concerts.seats_per_fan
  from placed join concerts on concerts.id = placed.concert_id order by 1, 2
  on conflict (show_id, fan_id) do update
    set seat_count = fan_seat_counts.seat_count + excluded.seat_count, seat_limit = excluded.seat_limit
), changed as (
  select reservation_id, count(*)::int as seat_count, jsonb_agg(jsonb_build_array(id, 'held', version)) as changes,
         json_agg(json_build_array(id, section, row_label, number, category_code, price_minor)) as seats
  from taken group by reservation_id
), said as (
  insert into outbox (show_id, payload)
  select placed.show_id, jsonb_build_object(
    'fanId', placed.fan_id, 'reservationId', placed.id, 'state', 'HELD',
    'heldUntilMs', floor(extract(epoch from placed.held_until) * 1000), 'changes', changed.changes)
  from placed join changed on changed.reservation_id = placed.id
)
select placed.id as "reservationId", concert_id as "concertId", show_id as "showId", fan_id as "fanId",
       coalesce(changed.seats, '[]') as seats, coalesce(changed.seat_count, 0) as "takenCount", cardinality(seat_ids) as "seatCount",
       floor(extract(epoch from held_at) * 1000)::float8 as "heldAtMs",
       floor(extract(epoch from held_until) * 1000)::float8 as "heldUntilMs",
       floor(extract(epoch from clock_timestamp()) * 1000)::float8 as "asOfMs"
from placed left join changed on changed.reservation_id = placed.id`

/** Rejects, so that the transaction rolls back, when a reservation got fewer seats than it names. */
export async function insertHolds(tx: Tx, grants: readonly HoldGrant[]): Promise<PlacedRow[]> {
  const { rows } = await tx.query<SentRow & { takenCount: number; seatCount: number }>({
    name: 'place-holds',
    text: placeHoldsText,
    values: [
      grants.map((grant) => grant.request.showId),
      grants.map((grant) => grant.request.fanId),
      grants.map((grant) => arrayText(grant.request.seatIds)),
      grants.flatMap((grant) => grant.replaces.flatMap((held) => held.seatIds)),
      grants.map((grant) => arrayText(grant.replaces.map((held) => held.reservationId))),
      grants.flatMap((grant) => grant.request.seatIds),
    ],
  })
  if (rows.length < grants.length || rows.some((row) => row.takenCount !== row.seatCount)) {
    throw new Error('a locked seat was not available after all')
  }
  return rows.map(toPlaced)
}

/** Arrays of arrays must be rectangular in Postgres, so each inner one travels as text. */
function arrayText(ids: readonly number[]): string {
  return `{${ids.join(',')}}`
}
