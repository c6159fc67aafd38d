import {
  type AccountId,
  DomainError,
  type Refund,
  refund as refundReply,
  type ReservationId,
} from '@greenroom/contract'
import { inRetriedTransaction, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { tallied } from '../platform/tally.ts'
import { lockSeatCounts, lockSeats } from '../reservations/index.ts'
import { kickRelay } from '../seating/index.ts'
import { lockWallet, withIdempotency } from '../wallet/index.ts'
import { giveBack } from './give-back.ts'
import { readShowClock } from './payments-store.ts'
import { findReservations, lockReservationStates, type ReservationFacts } from './sale-store.ts'

/**
 * Gives a paid reservation back whole: the money to the wallet, the seats to the sale, the tickets void, in one
 * transaction. Safe to repeat with the same key; of two at once with two keys one has the effect. Refuses with
 * NOT_FOUND (none such, or another fan's), NOT_REFUNDABLE (not paid, refunded already; and unless the show is
 * cancelled: a ticket was used at the gate, or the show has begun by the database's clock) and IDEMPOTENCY_KEY_REUSED.
 */
export async function refund(deps: Deps, input: RefundCommand): Promise<Refund> {
  return await tallied(deps, 'refund', () => refundOnce(deps, input))
}

type RefundCommand = { fanId: AccountId; reservationId: ReservationId; idempotencyKey: string }

async function refundOnce(deps: Deps, input: RefundCommand): Promise<Refund> {
  const { fanId, reservationId, idempotencyKey: key } = input
  const attempt = { fanId, key, command: 'refund', body: { reservationId }, reply: refundReply }
  const reply = await inRetriedTransaction(deps.db, (tx) =>
    withIdempotency(tx, attempt, () => refundOwn(tx, fanId, reservationId)),
  )
  kickRelay(deps)
  return reply
}

async function refundOwn(tx: Tx, fanId: AccountId, reservationId: ReservationId): Promise<Refund> {
  const { balanceMinor } = await lockWallet(tx, fanId)
  const reservation = await lockPaid(tx, fanId, reservationId)
  const clock = await readShowClock(tx, reservation.showId)
  // who waits for the money of a cancelled show need not wait for its turn
  if (clock.hasStarted && !clock.isCancelled)
    throw new DomainError('NOT_REFUNDABLE', { reason: 'showStarted' })
  const after = await giveBack(tx, { fanId, reservation, clock, usedToo: clock.isCancelled })
  return {
    reservationId,
    amountMinor: reservation.amountMinor,
    currency: reservation.currency,
    refundedAtMs: clock.nowMs,
    balanceMinor: after.balanceMinor ?? balanceMinor,
  }
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
