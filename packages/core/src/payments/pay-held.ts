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
import { tallied } from '../platform/tally.ts'
import { isTurnSpent } from '../waiting-room/index.ts'
import { settle, tellAgain, tellOthers } from './pay.ts'
import { findExactPayment, findNewestPayment } from './payment-listing-store.ts'
import { findReservations, findUnpaidHolds, type ReservationFacts } from './sale-store.ts'

/** Which reservations: those named, or without names every live hold of the fan at the concert, together. */
export type HeldPaymentWish = {
  fanId: AccountId
  /** Refused with AMOUNT_MISMATCH when it is not the price. It never sets the price. */
  expectedMinor?: number | undefined
  /** What the caller shows of a place in the line: a wish that names nothing is then a repeat only if it bought something. */
  token?: string | undefined
} & (
  | { concertId: ConcertId; reservationIds?: undefined }
  | { concertId?: ConcertId | undefined; reservationIds: readonly ReservationId[] }
)

/** Each turn finds what another request paid since the last one; three at the same moment are more than one fan sends. */
const maxTurns = 4

/**
 * `pay` for callers who make no idempotency key: what is paid is the key. The same payment again, from anywhere and at
 * the same moment, gets the first reply again; so does one that names nothing when nothing was held since the fan's newest
 * payment at the concert and its token, if it shows one, is spent. Unlike `pay`, never pays for a hold that is over.
 *
 * Refuses with NOT_FOUND `reservation` (none such, another fan's, another concert's, or nothing ever held), HOLD_EXPIRED,
 * HOLD_ENDED (released, refunded, or paid together with others), SALE_STOPPED, AMOUNT_MISMATCH {expectedMinor},
 * BALANCE_TOO_LOW, BAD_INPUT (two concerts), RECEIPT_REFUSED (a token that is not the fan's for the concert). After a refusal nothing has changed.
 */
export async function payHeld(deps: Deps, wish: HeldPaymentWish): Promise<Payment> {
  return await tallied(deps, 'payment', () => payHeldOnce(deps, wish))
}

async function payHeldOnce(deps: Deps, wish: HeldPaymentWish): Promise<Payment> {
  for (let turn = 1; ; turn++) {
    const found = await resolve(deps, wish)
    if (found.kind === 'paid') {
      await tellAgain(deps, wish.fanId, found.payment)
      return replyOf(found.payment, wish.expectedMinor)
    }
    if (found.kind === 'refused') throw found.error
    try {
      return await payLive(deps, wish, found.ids)
    } catch (error) {
      const wasPaidMeanwhile = isDomainError(error, 'HOLD_ENDED') && error.details.state === 'PAID'
      if (!wasPaidMeanwhile || turn === maxTurns) throw error
    }
  }
}

/**
 * The reply that `payHeld` would repeat for this wish, `undefined` when it would not repeat one: for callers whose right to
 * pay is spent by the payment itself. Pays nothing; refuses with AMOUNT_MISMATCH and RECEIPT_REFUSED alone.
 */
export async function repeatHeldPayment(deps: Deps, wish: HeldPaymentWish): Promise<Payment | undefined> {
  const found = await resolve(deps, wish)
  return found.kind === 'paid' ? replyOf(found.payment, wish.expectedMinor) : undefined
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

type Found =
  | { kind: 'paid'; payment: PaymentListing }
  | { kind: 'held'; ids: ReservationId[] }
  | { kind: 'refused'; error: DomainError }

async function resolve(deps: Deps, wish: HeldPaymentWish): Promise<Found> {
  return wish.reservationIds === undefined
    ? await findAllHeld(deps, wish)
    : await findNamed(deps, wish, inOrder(wish.reservationIds))
}

/** Holds are read before payments: what is no longer held because another request paid it has its payment then. */
async function findAllHeld(
  deps: Deps,
  { fanId, concertId, token }: Pick<HeldPaymentWish, 'fanId' | 'token'> & { concertId: ConcertId },
): Promise<Found> {
  const unpaid = await findUnpaidHolds(deps.db, fanId, concertId)
  const live = unpaid.filter(({ isLive }) => isLive)
  if (live.length > 0) return { kind: 'held', ids: inOrder(live.map(({ reservationId }) => reservationId)) }
  const [newest] = unpaid
  if (newest?.state === 'RELEASED') return ended(newest.reservationId, 'RELEASED')
  if (newest !== undefined) {
    return {
      kind: 'refused',
      error: new DomainError('HOLD_EXPIRED', { reservationId: newest.reservationId }),
    }
  }
  const payment = await findNewestPayment(deps.db, fanId, concertId)
  if (payment === undefined) return notFound()
  // read after the payment: a token that another request is paying with is spent by then
  if (token !== undefined && !(await isTurnSpent(deps, { token, fanId, concertId }))) return notFound()
  const [refunded] = payment.refundedReservationIds
  return refunded === undefined ? { kind: 'paid', payment } : ended(refunded, 'REFUNDED')
}

/** Of reservations that were not paid as these together, the states are looked at under lock. */
async function findNamed(
  deps: Deps,
  { fanId, concertId }: HeldPaymentWish,
  ids: ReservationId[],
): Promise<Found> {
  const isElsewhere = (found: { concertId: ConcertId }): boolean =>
    concertId !== undefined && found.concertId !== concertId
  const payment = await findExactPayment(deps.db, fanId, ids)
  if (payment !== undefined && payment.refundedReservationIds.length === 0)
    return isElsewhere(payment) ? notFound() : { kind: 'paid', payment }
  const own = await findReservations(deps.db.pool, fanId, ids)
  const isWrong = ids.length === 0 || own.length < ids.length || own.some(isElsewhere)
  return isWrong ? notFound() : { kind: 'held', ids }
}

function notFound(): Found {
  return { kind: 'refused', error: new DomainError('NOT_FOUND', { what: 'reservation' }) }
}

function ended(reservationId: ReservationId, state: 'RELEASED' | 'REFUNDED'): Found {
  return { kind: 'refused', error: new DomainError('HOLD_ENDED', { reservationId, state }) }
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
