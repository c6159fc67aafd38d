import {
  type AccountId,
  DomainError,
  type PayInput,
  type Payment,
  payment as paymentReply,
  type ReservationId,
} from '@greenroom/contract'
import { inRetriedTransaction, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { tallied } from '../platform/tally.ts'
import { kickRelay, recordSeatChanges } from '../seating/index.ts'
import { issueTickets } from '../tickets/index.ts'
import { freeSlot, freeSpentSlot, markPassSpent } from '../waiting-room/index.ts'
import { lockWallet, transfer, withIdempotency } from '../wallet/index.ts'
import { recordEvents } from '../webhooks/index.ts'
import { lockSale } from './lock-sale.ts'
import { payTogether } from './pay-together.ts'
import { insertPayment } from './payments-store.ts'
import { saleOf } from './sale-event.ts'
import { findReservations, type ReservationFacts, sellSeats } from './sale-store.ts'

type PayCommand = PayInput & {
  fanId: AccountId
  /** For callers that were told a price: refused with AMOUNT_MISMATCH when it is not the price. It never sets the price. */
  expectedMinor?: number | undefined
}

/**
 * Buys what the fan's reservations hold, all or nothing, at the prices the server wrote down when they were held: money,
 * seats, tickets and the spent pass change in one transaction. Safe to repeat with the same key: the first reply again.
 *
 * A hold that is over is paid all the same while nobody has taken its seats, else HOLD_EXPIRED, and while the sale goes on,
 * else SALE_CLOSED. Payments that nothing stands against are made together with others'. Refuses also with OVERLOADED, SALE_STOPPED, BALANCE_TOO_LOW, AMOUNT_MISMATCH, HOLD_ENDED, NOT_FOUND (none such, or another fan's), BAD_INPUT (two concerts),
 * SEAT_LIMIT_REACHED and IDEMPOTENCY_KEY_REUSED. After a refusal nothing has changed and the key may be used again.
 */
export async function pay(deps: Deps, input: PayCommand): Promise<Payment> {
  return await tallied(deps, 'payment', () => payOnce(deps, input))
}

async function payOnce(deps: Deps, input: PayCommand): Promise<Payment> {
  const { fanId, idempotencyKey: key, expectedMinor } = input
  const ids = [...new Set(input.reservationIds)].toSorted((one, other) => one - other)
  const body = { reservationIds: ids, ...(expectedMinor === undefined ? {} : { expectedMinor }) }
  const attempt = { fanId, key, command: 'pay', body, reply: paymentReply }
  const together = await payTogether(deps, attempt, { ids, expectedMinor })
  if (together !== undefined) {
    await tellOthers(deps, fanId, together.sold)
    return together.payment
  }
  let sold: ReservationFacts[] = []
  const reply = await inRetriedTransaction(deps.db, (tx) =>
    withIdempotency(tx, attempt, async () => {
      const sale = await settle(tx, { fanId, ids, expectedMinor, mustBeLive: false })
      sold = sale.reservations
      return sale.payment
    }),
  )
  await (sold.length > 0 ? tellOthers(deps, fanId, sold) : tellAgain(deps, fanId, reply))
  return reply
}

/** The payment itself, inside the transaction of whoever saw to its being done once. Refuses as `pay` does. */
export async function settle(
  tx: Tx,
  input: {
    fanId: AccountId
    ids: ReservationId[]
    expectedMinor: number | undefined
    /** False: a hold that is over is taken again if it can be had. True: it is HOLD_EXPIRED. */
    mustBeLive: boolean
  },
): Promise<{ payment: Payment; reservations: ReservationFacts[] }> {
  const { fanId, ids } = input
  const wallet = await lockWallet(tx, fanId)
  const reservations = await lockSale(tx, fanId, ids, input)
  const [{ concertId, currency }] = requireSome(reservations)
  const amountMinor = reservations.reduce((sum, each) => sum + each.amountMinor, 0)
  requireCurrency(currency, wallet.currency)
  if (input.expectedMinor !== undefined && input.expectedMinor !== amountMinor)
    throw new DomainError('AMOUNT_MISMATCH', { expectedMinor: amountMinor })
  if (wallet.balanceMinor < amountMinor)
    throw new DomainError('BALANCE_TOO_LOW', { balanceMinor: wallet.balanceMinor, neededMinor: amountMinor })

  await sellAll(tx, fanId, reservations)
  const { paymentId, paidAtMs } = await insertPayment(tx, {
    fanId,
    concertId,
    reservationIds: ids,
    amountMinor,
  })
  for (const { reservationId, amountMinor: price } of reservations) {
    // a free ticket is a payment of nothing: the ledger has no line for money that did not move
    if (price > 0)
      await transfer(tx, { kind: 'payment', fanId, amountMinor: price, paymentId, reservationId })
  }
  await markPassSpent(tx, { concertId, fanId })
  const ticketIds = await issueTickets(tx, { paymentId, fanId, reservationIds: ids })
  await recordEvents(
    tx,
    reservations.map((each) => ({
      type: 'reservation.paid',
      data: { ...saleOf(each, fanId), paymentId, paidAtMs },
    })),
  )
  const balanceMinor = wallet.balanceMinor - amountMinor
  return {
    payment: { paymentId, reservationIds: ids, ticketIds, amountMinor, currency, paidAtMs, balanceMinor },
    reservations,
  }
}

async function sellAll(tx: Tx, fanId: AccountId, reservations: readonly ReservationFacts[]): Promise<void> {
  const sold = await sellSeats(
    tx,
    reservations.map(({ reservationId }) => reservationId),
  )
  for (const { reservationId, seatIds, showId } of reservations) {
    const seats = sold.filter((seat) => seat.reservationId === reservationId)
    if (seats.length !== seatIds.length) throw new DomainError('HOLD_EXPIRED', { reservationId })
    const changes = seats.map(({ seatId, version }): [typeof seatId, 'sold', number] => [
      seatId,
      'sold',
      version,
    ])
    await recordSeatChanges(tx, { showId, fanId, reservationId, state: 'PAID', heldUntilMs: null, changes })
  }
}

/** What others hear sooner because of this; all of it comes anyway. A repeated payment sold nothing and tells nothing. */
export async function tellOthers(
  deps: Deps,
  fanId: AccountId,
  sold: readonly ReservationFacts[],
): Promise<void> {
  const [first] = sold
  if (first === undefined) return
  kickRelay(deps)
  await freeSlot(deps, { concertId: first.concertId, fanId })
}

/**
 * What `tellOthers` should have told when the payment was made and may not have: its answer was lost, and the pass it spent
 * still counts as good in Redis until the next tick.
 */
export async function tellAgain(
  deps: Deps,
  fanId: AccountId,
  { reservationIds }: Pick<Payment, 'reservationIds'>,
): Promise<void> {
  await hint(deps, 'a repeated payment told nobody', async () => {
    const [first] = await findReservations(deps.db.pool, fanId, reservationIds)
    if (first !== undefined) await freeSpentSlot(deps, { concertId: first.concertId, fanId })
  })
}

function requireSome<T>(list: readonly T[]): [T, ...T[]] {
  const [first, ...rest] = list
  if (first !== undefined) return [first, ...rest]
  const message = 'at least one reservation is paid'
  throw new DomainError('BAD_INPUT', { faults: [{ path: 'reservationIds', message }] })
}

function requireCurrency(price: string, wallet: string): void {
  if (price === wallet) return
  const message = `priced in ${price}, and the wallet holds ${wallet}`
  throw new DomainError('BAD_INPUT', { faults: [{ path: 'reservationIds', message }] })
}
