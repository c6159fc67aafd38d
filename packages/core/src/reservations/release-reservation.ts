import { type AccountId, DomainError, type Reservation, type ReservationId } from '@greenroom/contract'
import { inRetriedTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { kickRelay } from '../seating/index.ts'
import { unpinPass } from '../waiting-room/index.ts'
import { endReservations } from './end-store.ts'
import { lockSeatCounts, lockSeats } from './lock-store.ts'
import { findLiveHolds, findReservations, readFence } from './reservation-store.ts'

/**
 * Lets go of a hold before its time is over; its seats are free when this returns. Only the owner may (for anybody else
 * it is NOT_FOUND). Safe to repeat: a hold that is over already is answered as it is. Refuses with HOLD_ENDED what was paid.
 */
export async function releaseReservation(
  deps: Deps,
  input: { fanId: AccountId; reservationId: ReservationId },
): Promise<Reservation> {
  const fence = await readFence(deps.db, input.reservationId)
  if (fence?.fanId !== input.fanId) throw new DomainError('NOT_FOUND', { what: 'reservation' })
  const ended = await inRetriedTransaction(deps.db, async (tx) => {
    // the statement below skips what is locked; these locks make it wait for a payment's end instead
    await lockSeatCounts(tx, [fence])
    await lockSeats(tx, fence.seatIds)
    return await endReservations(tx, [input.reservationId], 'RELEASED')
  })
  if (ended.length > 0) {
    kickRelay(deps)
    const left = await findLiveHolds(deps.db, fence.fanId, fence.concertId)
    if (left.length === 0) await unpinPass(deps, fence)
  }
  return await readReleased(deps, input.reservationId)
}

async function readReleased(deps: Deps, reservationId: ReservationId): Promise<Reservation> {
  const [reservation] = await findReservations(deps.db.pool, [reservationId])
  if (reservation === undefined) throw new DomainError('NOT_FOUND', { what: 'reservation' })
  const { state } = reservation
  if (state === 'PAID' || state === 'REFUNDED') throw new DomainError('HOLD_ENDED', { reservationId, state })
  return reservation
}
