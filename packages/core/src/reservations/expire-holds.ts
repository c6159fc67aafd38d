import type { ReservationId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { kickRelay } from '../seating/index.ts'
import { endReservations, findDueHolds } from './end-store.ts'

const batchSize = 200

/** `expireReservations` for one hold; says whether its seats were given back by this call. */
export async function expireReservation(deps: Deps, reservationId: ReservationId): Promise<boolean> {
  return (await expireReservations(deps, [reservationId])) === 1
}

/**
 * Gives the seats of those holds back whose time is over; returns how many holds that was. Too early, too late, twice,
 * paid meanwhile: nothing happens. Never waits for a payment or a take-over that is under way.
 */
export async function expireReservations(
  deps: Deps,
  reservationIds: readonly ReservationId[],
): Promise<number> {
  const ended = await endReservations(deps.db.pool, reservationIds, 'EXPIRED')
  if (ended.length > 0) kickRelay(deps)
  return ended.length
}

/**
 * Gives back the seats of every hold whose time is over and returns how many holds that was: the sweep that catches what
 * no job did. Any number may run at once; one that finds only what others work on stops.
 */
export async function expireDueHolds(deps: Deps): Promise<number> {
  let total = 0
  for (;;) {
    const due = await findDueHolds(deps.db, batchSize)
    const ended = due.length === 0 ? 0 : await expireReservations(deps, due)
    total += ended
    if (due.length < batchSize || ended === 0) return total
  }
}
