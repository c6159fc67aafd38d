import type { Deps } from '@greenroom/core'
import { type Cast, reservationOffset } from './own-sql-floor.ts'

/** Each fan of the cast holds the seat of the same number, has the money for it, and went in through the line. */
export async function holdForAll(
  deps: Deps,
  { showId, concertId, seatIds, fanIds }: Cast,
  priceMinor: number,
): Promise<void> {
  const seats = seatIds.slice(0, fanIds.length)
  await deps.db.pool.query(
    `with pair as (select * from unnest($1::bigint[], $2::bigint[]) as pair (fan_id, seat_id)),
     held as (
       insert into reservations (id, show_id, concert_id, fan_id, seat_ids, amount_minor, held_until, max_held_until)
       select $5::bigint + seat_id, $3, $4, fan_id, array[seat_id], $6, now() + interval '15 minutes', now() + interval '15 minutes'
       from pair
     ), counted as (
       insert into fan_seat_counts (show_id, fan_id, seat_count, seat_limit) select $3, fan_id, 1, 4 from pair
     ), entered as (
       insert into entered_places (concert_id, fan_id, epoch, seq) select $4, fan_id, 1, seat_id from pair
     ), charged as (
       update wallets set balance_minor = $6 where account_id = any($1)
     )
     update seats set status = 'held', reservation_id = $5::bigint + id, held_until = now() + interval '15 minutes'
     where id = any($2)`,
    [fanIds, seats, showId, concertId, reservationOffset, priceMinor],
  )
}
