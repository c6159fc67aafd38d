import { type SeatId, seatId, type SeatStatus, type ShowId } from '@greenroom/contract'
import { readShow } from '../catalogue/index.ts'
import type { Deps } from '../platform/deps.ts'
import { readTouchedSeats } from './seat-store.ts'

/** `seatNo` counts the show's seats from 1, in the hall's order. */
type SeatState = { seatId: SeatId; seatNo: number; status: SeatStatus }

/**
 * Every seat of a show and its state as the rows have it now, in the order of their ids: what any process committed before is
 * in it, and a hold whose time is over is available. For servers that must see what they just did, whichever of several
 * answers them; everybody else reads the mirror (`readSeatList`), which costs no SQL. Refuses with NOT_FOUND `show`.
 */
export async function readSeatStates(deps: Pick<Deps, 'db'>, showId: ShowId): Promise<SeatState[]> {
  const { firstSeatId, seatCount } = await readShow(deps, showId)
  const { seats, nowMs } = await readTouchedSeats(deps.db, showId)
  const statuses = new Map(
    seats.map(({ ordinal, status, heldUntilMs }) => [
      ordinal,
      heldUntilMs !== null && heldUntilMs <= nowMs ? 'available' : status,
    ]),
  )
  return Array.from({ length: seatCount }, (_seat, ordinal) => ({
    seatId: seatId.parse(firstSeatId + ordinal),
    seatNo: ordinal + 1,
    status: statuses.get(ordinal) ?? 'available',
  }))
}
