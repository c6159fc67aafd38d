import {
  type AccountId,
  DomainError,
  type Refund,
  refund as refundReply,
  type ReservationId,
} from '@greenroom/contract'
import { inRetriedTransaction, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { lockSeatCounts, lockSeats } from '../reservations/index.ts'
import { kickRelay, recordSeatChanges } from '../seating/index.ts'
import { cancelTickets } from '../tickets/index.ts'
import { lockWallet, transfer, withIdempotency } from '../wallet/index.ts'
import { recordEvents } from '../webhooks/index.ts'
import { readPaymentOf, readShowClock } from './payments-store.ts'
import { saleOf } from './sale-event.ts'
import {
  addToSeatCount,
  findReservations,
  lockReservationStates,
  type ReservationFacts,
  returnSeats,
} from './sale-store.ts'

/**
 * Gives a paid reservation back whole: the money to the wallet, the seats to the sale, the tickets void, in one
 * transaction. Safe to repeat with the same key; of two at once with two keys one has the effect. Refuses with
 * NOT_FOUND (none such, or another fan's), NOT_REFUNDABLE (not paid, refunded already, a ticket was used at the gate, or
 * the show has begun by the database's clock) and IDEMPOTENCY_KEY_REUSED.
 */
export async function refund(
  deps: Deps,
  input: { fanId: AccountId; reservationId: ReservationId; idempotencyKey: string },
): Promise<Refund> {
  const { fanId, reservationId, idempotencyKey: key } = input
  const attempt = { fanId, key, command: 'refund', body: { reservationId }, reply: refundReply }
  const reply = await inRetriedTransaction(deps.db, (tx) =>
    withIdempotency(tx, attempt, () => giveBack(tx, fanId, reservationId)),
  )
  kickRelay(deps)
  return reply
}

async function giveBack(tx: Tx, fanId: AccountId, reservationId: ReservationId): Promise<Refund> {
  const { balanceMinor } = await lockWallet(tx, fanId)
  const reservation = await lockPaid(tx, fanId, reservationId)
  const { amountMinor, currency, seatIds, showId } = reservation
  const { nowMs, hasStarted } = await readShowClock(tx, showId)
  if (hasStarted) throw new DomainError('NOT_REFUNDABLE', { reason: 'showStarted' })

  const voided = await cancelTickets(tx, reservationId)
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
  const after =
    amountMinor > 0
      ? await transfer(tx, { kind: 'refund', fanId, amountMinor, reservationId })
      : { balanceMinor }
  const paymentId = await readPaymentOf(tx, reservationId)
  const data = { ...saleOf(reservation, fanId), paymentId, refundedAtMs: nowMs }
  await recordEvents(tx, [{ type: 'payment.refunded', data }])
  return { reservationId, amountMinor, currency, refundedAtMs: nowMs, balanceMinor: after.balanceMinor }
}

/** Locks in the order of every command that touches seats: the fan's count, the seats, the reservation. */
async function lockPaid(tx: Tx, fanId: AccountId, reservationId: ReservationId): Promise<ReservationFacts> {
  const [reservation] = await findReservations(tx, fanId, [reservationId])
  if (reservation === undefined) throw new DomainError('NOT_FOUND', { what: 'reservation' })
  await lockSeatCounts(tx, [{ showId: reservation.showId, fanId }])
  await lockSeats(tx, reservation.seatIds)
  const state = (await lockReservationStates(tx, [reservationId])).get(reservationId)
  if (state === 'REFUNDED') throw new DomainError('NOT_REFUNDABLE', { reason: 'alreadyRefunded' })
  if (state !== 'PAID') throw new DomainError('NOT_REFUNDABLE', { reason: 'notPaid' })
  return reservation
}
