import type { AccountId, ConcertId, ReservationId, ShowId } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

export type EndedRow = {
  reservationId: ReservationId
  concertId: ConcertId
  showId: ShowId
  fanId: AccountId
}

/**
 * The one statement that ends holds, whoever asks: the job of one hold, the sweep, a taker-over, the fan who lets go.
 * It ends a reservation with all its seats or not at all, and only seats that still carry the reservation's id (the
 * fence), so a repeat or a late call changes nothing. It never waits: what another transaction has locked (a payment, a
 * taker-over) is left alone, and locks the caller holds already are no obstacle. Order of locks: counts, seats by id,
 * reservations. What expired is told as an event (see webhooks), as one insert with the rest.
 *
 * What one part found is looked up by the next in a hashed list, hence the `is true`: without it the planner, which knows
 * nothing of how many there are, joins by looking at all for each (98 us of Postgres a hold in batches of 200, now 41).
 */
export const endReservationsText = `
with due as materialized (
  select id, show_id, fan_id, seat_ids from reservations
  where id = any($1::bigint[]) and state = 'HELD' and ($2 = 'RELEASED' or held_until <= now())
), counted as materialized (
  select show_id, fan_id from fan_seat_counts
  where (show_id, fan_id) in (select show_id, fan_id from due)
  order by show_id, fan_id for update skip locked
), wanted as materialized (
  select id as reservation_id, fan_id, unnest(seat_ids) as seat_id from due
  where ((show_id, fan_id) in (select show_id, fan_id from counted)) is true
), locked as materialized (
  select seats.id, wanted.reservation_id, wanted.fan_id from wanted join seats on seats.id = wanted.seat_id
  where seats.status = 'held' and seats.reservation_id = wanted.reservation_id
  order by seats.id for update of seats skip locked
), ended as (
  update reservations set state = $2, ended_at = now()
  from due
  where reservations.id = due.id and reservations.state = 'HELD'
    and ((due.id, cardinality(due.seat_ids)::bigint) in (select reservation_id, count(*) from locked group by 1)) is true
  returning reservations.id, reservations.show_id, reservations.concert_id, reservations.fan_id, reservations.seat_ids,
            reservations.amount_minor, reservations.held_until
), freed as (
  update seats set status = 'available', reservation_id = null, held_until = null, version = version + 1
  from locked
  where seats.id = locked.id and seats.reservation_id = locked.reservation_id
    and (locked.reservation_id in (select id from ended)) is true
  returning seats.id, seats.show_id, seats.version, locked.reservation_id, locked.fan_id
), uncounted as (
  update fan_seat_counts counts set seat_count = counts.seat_count - fewer.seat_count
  from (select show_id, fan_id, sum(cardinality(seat_ids))::int as seat_count from ended group by 1, 2) fewer
  where counts.show_id = fewer.show_id and counts.fan_id = fewer.fan_id
), said as (
  insert into outbox (show_id, payload)
  select show_id, jsonb_build_object(
    'fanId', fan_id, 'reservationId', reservation_id, 'state', $2, 'heldUntilMs', null,
    'changes', jsonb_agg(jsonb_build_array(id, 'available', version) order by id))
  from freed group by reservation_id, fan_id, show_id order by reservation_id
), told as (
  insert into events (type, data)
  select 'reservation.expired', jsonb_build_object(
    'reservationId', ended.id, 'concertId', ended.concert_id, 'showId', ended.show_id, 'fanId', ended.fan_id,
    'seatIds', ended.seat_ids, 'amountMinor', ended.amount_minor, 'currency', concerts.currency,
    'heldUntilMs', floor(extract(epoch from ended.held_until) * 1000)::bigint,
    'expiredAtMs', floor(extract(epoch from now()) * 1000)::bigint)
  from ended join concerts on concerts.id = ended.concert_id
  where $2 = 'EXPIRED' order by ended.id
)
select id as "reservationId", concert_id as "concertId", show_id as "showId", fan_id as "fanId" from ended`

/** Ends those of the reservations that are HELD (for EXPIRED: and whose time is over); answers with the ones it ended. */
export async function endReservations(
  db: Database['pool'] | Tx,
  reservationIds: readonly ReservationId[],
  state: 'EXPIRED' | 'RELEASED',
): Promise<EndedRow[]> {
  const { rows } = await db.query<EndedRow>({
    name: 'end-reservations',
    text: endReservationsText,
    values: [reservationIds, state],
  })
  return rows
}

/** HELD reservations whose time is over, the longest overdue first. */
export async function findDueHolds(db: Database, limit: number): Promise<ReservationId[]> {
  const { rows } = await db.pool.query<{ id: ReservationId }>({
    name: 'find-due-holds',
    text: `select id from reservations where state = 'HELD' and held_until <= now() order by held_until limit $1`,
    values: [limit],
  })
  return rows.map((row) => row.id)
}
