import {
  type AccountId,
  type ConcertId,
  DomainError,
  isDomainError,
  type Payment,
  type PaymentListing,
  type ReservationId,
} from '@greenroom/contract'
import { inRetriedTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { settle, tellOthers } from './pay.ts'
import { findExactPayment, findNewestPayment } from './payment-listing-store.ts'
import { findReservations, findUnpaidHolds, type ReservationFacts } from './sale-store.ts'

/** Which reservations: those named, or without names every live hold of the fan at the concert, together. */
export type HeldPaymentWish = {
  fanId: AccountId
  /** Refused with AMOUNT_MISMATCH when it is not the price. It never sets the price. */
  expectedMinor?: number | undefined
} & (
  | { concertId: ConcertId; reservationIds?: undefined }
  | { concertId?: ConcertId | undefined; reservationIds: readonly ReservationId[] }
)

/** Each turn finds what another request paid since the last one; three at the same moment are more than one fan sends. */
const maxTurns = 4

/**
 * `pay` for callers who make no idempotency key: what is paid is the key. The same payment again, from anywhere and at
 * the same moment, gets the first reply again; so does one that names nothing when nothing was held since the fan's newest
 * payment at the concert. Unlike `pay`, never pays for a hold that is over.
 *
 * Refuses with NOT_FOUND `reservation` (none such, another fan's, another concert's, or nothing ever held), HOLD_EXPIRED,
 * HOLD_ENDED (released, refunded, or paid together with others), AMOUNT_MISMATCH {expectedMinor}, BALANCE_TOO_LOW,
 * BAD_INPUT (two concerts). After a refusal nothing has changed.
 */
export async function payHeld(deps: Deps, wish: HeldPaymentWish): Promise<Payment> {
  for (let turn = 1; ; turn++) {
    const wanted = await resolve(deps, wish)
    if (!Array.isArray(wanted)) return replyOf(wanted, wish.expectedMinor)
    try {
      return await payLive(deps, wish, wanted)
    } catch (error) {
      const wasPaidMeanwhile = isDomainError(error, 'HOLD_ENDED') && error.details.state === 'PAID'
      if (!wasPaidMeanwhile || turn === maxTurns) throw error
    }
  }
}

/**
 * The reply that `payHeld` would repeat for this wish, `undefined` when it would not repeat one: for callers whose right to
 * pay is spent by the payment itself. Pays nothing; refuses with AMOUNT_MISMATCH alone.
 */
export async function repeatHeldPayment(deps: Deps, wish: HeldPaymentWish): Promise<Payment | undefined> {
  const same = await findSamePayment(deps, wish)
  return same === undefined ? undefined : replyOf(same, wish.expectedMinor)
}

async function payLive(deps: Deps, wish: HeldPaymentWish, ids: ReservationId[]): Promise<Payment> {
  const { fanId, expectedMinor } = wish
  let sold: ReservationFacts[] = []
  const payment = await inRetriedTransaction(deps.db, async (tx) => {
    const sale = await settle(tx, { fanId, ids, expectedMinor, mustBeLive: true })
    sold = sale.reservations
    return sale.payment
  })
  await tellOthers(deps, fanId, sold)
  return payment
}

/** The payment that was made already, or the reservations to pay. */
async function resolve(deps: Deps, wish: HeldPaymentWish): Promise<PaymentListing | ReservationId[]> {
  const same = await findSamePayment(deps, wish)
  if (same !== undefined) return same
  return wish.reservationIds === undefined
    ? await findLiveIds(deps, wish)
    : await findNamedIds(deps, wish, wish.reservationIds)
}

async function findSamePayment(deps: Deps, wish: HeldPaymentWish): Promise<PaymentListing | undefined> {
  const found =
    wish.reservationIds === undefined
      ? await findLastPayment(deps, wish)
      : await findExactPayment(deps.db, wish.fanId, inOrder(wish.reservationIds))
  if (found === undefined || found.refundedReservationIds.length > 0) return undefined
  return found.concertId === (wish.concertId ?? found.concertId) ? found : undefined
}

/** The newest payment, when nothing was held since. */
async function findLastPayment(
  deps: Deps,
  { fanId, concertId }: { fanId: AccountId; concertId: ConcertId },
): Promise<PaymentListing | undefined> {
  const unpaid = await findUnpaidHolds(deps.db, fanId, concertId)
  return unpaid.length > 0 ? undefined : await findNewestPayment(deps.db, fanId, concertId)
}

async function findLiveIds(
  deps: Deps,
  { fanId, concertId }: { fanId: AccountId; concertId: ConcertId },
): Promise<ReservationId[]> {
  const unpaid = await findUnpaidHolds(deps.db, fanId, concertId)
  const live = unpaid.filter(({ isLive }) => isLive)
  if (live.length > 0) return inOrder(live.map(({ reservationId }) => reservationId))
  const [newest] = unpaid
  if (newest !== undefined) throw refusalOf(newest)
  const [reservationId] = (await findNewestPayment(deps.db, fanId, concertId))?.refundedReservationIds ?? []
  if (reservationId !== undefined) throw new DomainError('HOLD_ENDED', { reservationId, state: 'REFUNDED' })
  throw new DomainError('NOT_FOUND', { what: 'reservation' })
}

function refusalOf({ reservationId, state }: { reservationId: ReservationId; state: string }): DomainError {
  return state === 'RELEASED'
    ? new DomainError('HOLD_ENDED', { reservationId, state })
    : new DomainError('HOLD_EXPIRED', { reservationId })
}

/** Their states are looked at under lock. */
async function findNamedIds(
  deps: Deps,
  { fanId, concertId }: HeldPaymentWish,
  named: readonly ReservationId[],
): Promise<ReservationId[]> {
  const ids = inOrder(named)
  const own = await findReservations(deps.db.pool, fanId, ids)
  const isAll =
    own.length === ids.length && own.every((each) => each.concertId === (concertId ?? each.concertId))
  if (!isAll || ids.length === 0) throw new DomainError('NOT_FOUND', { what: 'reservation' })
  return ids
}

function replyOf(listing: PaymentListing, expectedMinor: number | undefined): Payment {
  const { concertId: _concert, refundedReservationIds: _refunded, ...reply } = listing
  if (expectedMinor !== undefined && expectedMinor !== reply.amountMinor)
    throw new DomainError('AMOUNT_MISMATCH', { expectedMinor: reply.amountMinor })
  return reply
}

function inOrder(ids: readonly ReservationId[]): ReservationId[] {
  return [...new Set(ids)].toSorted((one, other) => one - other)
}
