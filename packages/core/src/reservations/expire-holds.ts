import type { ReservationId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { kickRelay } from '../seating/index.ts'
import { endReservations, findDueHolds } from './end-store.ts'

const batchSize = 200

/**
 * Gives a hold's seats back if its time is over; says whether it did. Too early, too late, twice, paid meanwhile: nothing
 * happens. Never waits for a payment or a take-over that is under way.
 */
export async function expireReservation(deps: Deps, reservationId: ReservationId): Promise<boolean> {
  const ended = await endReservations(deps.db.pool, [reservationId], 'EXPIRED')
  if (ended.length > 0) kickRelay(deps)
  return ended.length > 0
}

/**
 * Gives back the seats of every hold whose time is over and returns how many holds that was: the sweep that catches what
 * no job did. Any number may run at once; one that finds only what others work on stops.
 */
export async function expireDueHolds(deps: Deps): Promise<number> {
  let total = 0
  for (;;) {
    const due = await findDueHolds(deps.db, batchSize)
    const ended = due.length === 0 ? [] : await endReservations(deps.db.pool, due, 'EXPIRED')
    if (ended.length > 0) kickRelay(deps)
    total += ended.length
    if (due.length < batchSize || ended.length === 0) return total
  }
}
