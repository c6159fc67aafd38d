import type { AccountId, Reservation, SeatId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { holdWithoutPass } from '../reservations/hold-seats.ts'
import type { TestShow } from './make-show.ts'

/** A hold by a fan who is past the pass check: for crowds bigger than the line lets in, and tests that are not about the line. */
export async function holdInside(
  deps: Deps,
  fanId: AccountId,
  show: TestShow,
  ...seats: number[]
): Promise<Reservation> {
  return await holdWithoutPass(deps, { fanId, showId: show.showId, seatIds: pickSeats(show, ...seats) })
}

/** Seat ids by their place in the show, 0-based. */
export function pickSeats(show: TestShow, ...seats: number[]): SeatId[] {
  return seats.map((seat) => {
    const seatId = show.seatIds[seat]
    if (seatId === undefined) throw new Error(`the show has no seat ${seat}`)
    return seatId
  })
}

/** Lets time pass for one hold: it ended a second ago, and nobody has noticed. */
export async function lapseHold(
  deps: Deps,
  { reservationId }: Pick<Reservation, 'reservationId'>,
): Promise<void> {
  await deps.db.pool.query(
    `with lapsed as (update reservations set held_until = now() - interval '1 second' where id = $1)
     update seats set held_until = now() - interval '1 second' where reservation_id = $1`,
    [reservationId],
  )
}
