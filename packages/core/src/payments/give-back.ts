import { type AccountId, DomainError } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import { recordSeatChanges } from '../seating/index.ts'
import { cancelTickets } from '../tickets/index.ts'
import { transfer } from '../wallet/index.ts'
import { recordEvents } from '../webhooks/index.ts'
import { blockSeats } from './block-seats.ts'
import { readPaymentOf, type ShowClock } from './payments-store.ts'
import { saleOf } from './sale-event.ts'
import { addToSeatCount, type ReservationFacts, returnSeats } from './sale-store.ts'

/**
 * Gives a paid reservation back whole: tickets void, seats to the sale (or to nobody, where the show is cancelled), the
 * money to the wallet, and the event that says so. The caller has locked, in this order, the wallet, the fan's count, the
 * seats and the reservation, and found it PAID; that the statements here ask again is the last word. `balanceMinor` is
 * undefined where nothing was paid. Refuses with NOT_REFUNDABLE ticketUsed, unless `usedToo`.
 */
export async function giveBack(
  tx: Tx,
  input: { fanId: AccountId; reservation: ReservationFacts; clock: ShowClock; usedToo: boolean },
): Promise<{ balanceMinor: number | undefined }> {
  const { fanId, reservation, clock, usedToo } = input
  const { amountMinor, reservationId, seatIds, showId } = reservation
  const voided = await cancelTickets(tx, reservationId, { usedToo })
  if (voided !== seatIds.length) throw new DomainError('NOT_REFUNDABLE', { reason: 'ticketUsed' })
  const seats = await returnSeats(tx, reservationId)
  if (seats.length !== seatIds.length) throw new Error(`reservation ${reservationId} does not own its seats`)
  await addToSeatCount(tx, { fanId, showId, change: -seatIds.length })
  const changes = seats.map(({ seatId, version }): [typeof seatId, 'available', number] => [
    seatId,
    'available',
    version,
  ])
  await recordSeatChanges(tx, { showId, fanId, reservationId, state: 'REFUNDED', heldUntilMs: null, changes })
  if (clock.isCancelled) await blockSeats(tx, { showId, seatIds })
  const after =
    amountMinor > 0 ? await transfer(tx, { kind: 'refund', fanId, amountMinor, reservationId }) : undefined
  const paymentId = await readPaymentOf(tx, reservationId)
  const data = { ...saleOf(reservation, fanId), paymentId, refundedAtMs: clock.nowMs }
  await recordEvents(tx, [{ type: 'payment.refunded', data }])
  return { balanceMinor: after?.balanceMinor }
}
