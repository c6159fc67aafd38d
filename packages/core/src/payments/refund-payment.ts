import {
  type AccountId,
  DomainError,
  type OperatorRefund,
  operatorRefund as operatorRefundReply,
  type RefundPaymentInput,
} from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inRetriedTransaction, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { tallied } from '../platform/tally.ts'
import { kickRelay } from '../seating/index.ts'
import { withIdempotency } from '../wallet/index.ts'
import { type GivenBack, giveBackMany } from './give-back-many.ts'
import { findBoughtBy } from './refund-store.ts'

/**
 * Gives reservations of one payment back because an operator says so, all of them or none, also after the show has begun:
 * money to the fan, tickets void, seats to the sale. Audited with the reason in the same transaction. A ticket that was used
 * is in the way unless `evenIfUsed`. Safe to repeat with the same key; of two at once with two keys one has the
 * effect. Refuses with NOT_FOUND (no such payment, or it bought none such), NOT_REFUNDABLE (alreadyRefunded, notPaid,
 * ticketUsed) and IDEMPOTENCY_KEY_REUSED.
 */
export async function refundPayment(deps: Deps, input: RefundCommand): Promise<OperatorRefund> {
  return await tallied(
    deps,
    'refund',
    () => refundOnce(deps, input),
    ({ reservationIds }) => reservationIds.length,
  )
}

type RefundCommand = RefundPaymentInput & { operatorId: AccountId }

async function refundOnce(deps: Deps, input: RefundCommand): Promise<OperatorRefund> {
  const { operatorId, paymentId, reason, evenIfUsed, idempotencyKey: key } = input
  const ids = input.reservationIds.toSorted((one, other) => one - other)
  const body = { paymentId, reservationIds: ids, reason, evenIfUsed: String(evenIfUsed) }
  const attempt = {
    fanId: operatorId,
    key,
    command: 'boxOffice.refund',
    body,
    reply: operatorRefundReply,
  }
  const reply = await inRetriedTransaction(deps.db, (tx) =>
    withIdempotency(tx, attempt, () => refundInTurn(deps, tx, { ...input, reservationIds: ids })),
  )
  kickRelay(deps)
  return reply
}

async function refundInTurn(deps: Deps, tx: Tx, input: RefundCommand): Promise<OperatorRefund> {
  const { paymentId, reservationIds, operatorId, reason, evenIfUsed } = input
  const bought = await findBoughtBy(tx, paymentId, reservationIds)
  if (bought.length === 0) throw new DomainError('NOT_FOUND', { what: 'payment' })
  if (bought.length !== reservationIds.length) throw new DomainError('NOT_FOUND', { what: 'reservation' })
  const given = await giveBackMany(tx, { reservationIds, usedToo: evenIfUsed, refuse: requirePaid })
  const [first] = given
  if (first === undefined) throw new DomainError('NOT_FOUND', { what: 'reservation' })
  const amountMinor = given.reduce((sum, { reservation }) => sum + reservation.amountMinor, 0)
  const entry = {
    actorId: operatorId,
    action: 'payment.refund',
    target: `payment ${paymentId}`,
    before: { reservations: bought },
    after: { reservationIds, state: 'REFUNDED', amountMinor, evenIfUsed, reason },
  }
  await recordAudit(deps, entry, tx)
  return { paymentId, reservationIds, amountMinor, currency: first.reservation.currency }
}

function requirePaid(found: readonly GivenBack[]): void {
  for (const { stateBefore } of found) {
    if (stateBefore === 'REFUNDED') throw new DomainError('NOT_REFUNDABLE', { reason: 'alreadyRefunded' })
    if (stateBefore !== 'PAID') throw new DomainError('NOT_REFUNDABLE', { reason: 'notPaid' })
  }
}
