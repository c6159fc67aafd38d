import { type AccountId, DomainError, type PaymentId, type PaymentListing } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findPayment, findPayments } from './payment-listing-store.ts'

/** One of the fan's own payments, as its reply was; somebody else's is NOT_FOUND, as if it did not exist. */
export async function readPayment(
  deps: Deps,
  input: { fanId: AccountId; paymentId: PaymentId },
): Promise<PaymentListing> {
  const found = await findPayment(deps.db, input.fanId, input.paymentId)
  if (found === undefined) throw new DomainError('NOT_FOUND', { what: 'payment' })
  return found
}

/** The fan's newest 200 payments, newest first. */
export async function listPayments(deps: Deps, fanId: AccountId): Promise<PaymentListing[]> {
  return await findPayments(deps.db, fanId, 200)
}
