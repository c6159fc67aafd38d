import type { AccountId, ReservationId, SeatId } from '@greenroom/contract'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import type { TestShow } from './make-show.ts'

/**
 * A hold as `holdSeats` leaves it, inserted plainly: no pass, no line. `endsInMs` may lie in the past: the hold is over
 * then, and nobody has noticed yet.
 */
export async function insertHold(
  deps: Deps,
  hold: { fanId: AccountId; show: TestShow; seatIds: readonly SeatId[]; endsInMs?: number },
): Promise<ReservationId> {
  const { fanId, show, seatIds, endsInMs = 300_000 } = hold
  return await inTransaction(deps.db, async (tx) => {
    await tx.query(
      `insert into fan_seat_counts (show_id, fan_id, seat_count, seat_limit)
       select $1, $2, $4, seats_per_fan from concerts where id = $3
       on conflict (show_id, fan_id) do update set seat_count = fan_seat_counts.seat_count + $4`,
      [show.showId, fanId, show.concertId, seatIds.length],
    )
    const { rows } = await tx.query<{ id: ReservationId; count: number }>(
      `with began as (
         select least(now(), now() + make_interval(secs => ($5::float8 - hold_ttl_ms) / 1000)) as at,
                make_interval(secs => hold_max_life_ms / 1000.0) as most
         from concerts where id = $2
       ), held as (
         insert into reservations (show_id, concert_id, fan_id, seat_ids, amount_minor, first_held_at, held_at,
                                   held_until, max_held_until)
         select $1, $2, $3, $4, sum(price_minor), began.at, began.at,
                now() + make_interval(secs => $5::float8 / 1000), began.at + began.most
         from seats cross join began where seats.id = any($4) group by began.at, began.most
         returning id, held_until
       ), marked as (
         update seats set status = 'held', reservation_id = held.id, held_until = held.held_until,
                          version = version + 1
         from held where seats.id = any($4) and status = 'available'
         returning seats.id
       )
       select held.id, (select count(*)::int from marked) as count from held`,
      [show.showId, show.concertId, fanId, seatIds, endsInMs],
    )
    const [row] = rows
    if (row === undefined || row.count !== seatIds.length) throw new Error('the seats were not available')
    return row.id
  })
}
