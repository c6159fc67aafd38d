import {
  DomainError,
  type FoundPayment,
  type PaymentDetails,
  paymentId,
  type PaymentId,
} from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { readTicketCode } from '../tickets/index.ts'
import { findPaymentDetails, findPaymentsBy } from './box-office-store.ts'

/**
 * Payments by what a fan at the counter has: a payment's number, an e-mail address (their newest 50), or a ticket's code.
 * Whose it is does not matter: this is for operators. Nothing found is an empty list.
 */
export async function findPaymentsFor(deps: Deps, { query }: { query: string }): Promise<FoundPayment[]> {
  const id = paymentId.safeParse(Number(query))
  if (id.success) return await findPaymentsBy(deps.db, { paymentId: id.data })
  if (query.includes('@')) return await findPaymentsBy(deps.db, { email: query.toLowerCase() })
  const ticket = await readTicketCode(deps, query)
  return ticket === undefined ? [] : await findPaymentsBy(deps.db, { ticketId: ticket.ticketId })
}

/** Everything about one payment, whoever made it. Refuses with NOT_FOUND payment. */
export async function readPaymentDetails(
  deps: Deps,
  input: { paymentId: PaymentId },
): Promise<PaymentDetails> {
  const found = await findPaymentDetails(deps.db, input.paymentId)
  if (found === undefined) throw new DomainError('NOT_FOUND', { what: 'payment' })
  return found
}
