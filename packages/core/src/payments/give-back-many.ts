import type { ReservationId, ReservationState } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import { lockSeatCounts, lockSeats } from '../reservations/index.ts'
import { lockFanWallets } from '../wallet/index.ts'
import { giveBack } from './give-back.ts'
import { readShowClock } from './payments-store.ts'
import { findOwned, type OwnedReservation } from './refund-store.ts'
import { lockReservationStates } from './sale-store.ts'

/** What became of each reservation by the time its locks were had. */
export type GivenBack = { reservation: OwnedReservation; stateBefore: ReservationState }

/**
 * Gives many reservations back, of any fans, in the caller's transaction: locks of each kind in the order of everybody, all
 * of a kind before the next. What is not PAID any more is left as it is and answered with its state, so a repeat gives nothing
 * back twice. `refuse` may throw once everything is locked and before anything is changed. Refuses as `giveBack` does.
 */
export async function giveBackMany(
  tx: Tx,
  input: {
    reservationIds: readonly ReservationId[]
    usedToo: boolean
    refuse?: (found: readonly GivenBack[]) => void
  },
): Promise<GivenBack[]> {
  const owned = await findOwned(tx, input.reservationIds)
  await lockFanWallets(
    tx,
    owned.map(({ fanId }) => fanId),
  )
  await lockSeatCounts(tx, owned)
  await lockSeats(
    tx,
    owned.flatMap(({ seatIds }) => seatIds),
  )
  const states = await lockReservationStates(tx, input.reservationIds)
  const found = owned.flatMap((reservation) => {
    const stateBefore = states.get(reservation.reservationId)
    return stateBefore === undefined ? [] : [{ reservation, stateBefore }]
  })
  input.refuse?.(found)
  for (const { reservation, stateBefore } of found) {
    if (stateBefore !== 'PAID') continue
    const clock = await readShowClock(tx, reservation.showId)
    await giveBack(tx, { fanId: reservation.fanId, reservation, clock, usedToo: input.usedToo })
  }
  return found
}
