import { z } from 'zod'
import { concertId, paymentId, reservationId, ticketId } from './ids.ts'
import { amountMinor, currency } from './money.ts'
import { instantMs } from './time.ts'
import { idempotencyKey } from './wallet.ts'

/** Why an operator did what cannot be taken back: one line, kept with the deed. */
export const operatorReason = z.string().trim().min(3).max(500)

/** No price and no amount: what is charged is the server's. All reservations are paid, or none. */
export const payInput = z.object({ reservationIds: z.array(reservationId).min(1).max(10), idempotencyKey })
export type PayInput = z.infer<typeof payInput>

export const payment = z.object({
  paymentId,
  reservationIds: z.array(reservationId),
  ticketIds: z.array(ticketId),
  amountMinor,
  currency,
  paidAtMs: instantMs,
  balanceMinor: amountMinor,
})
export type Payment = z.infer<typeof payment>

/** A payment as its owner's list shows it: the reply that paid, and what was given back since. */
export const paymentListing = payment.extend({ concertId, refundedReservationIds: z.array(reservationId) })
export type PaymentListing = z.infer<typeof paymentListing>

export const paymentInput = z.object({ paymentId })

export const refundInput = z.object({ reservationId, idempotencyKey })
export const refund = z.object({
  reservationId,
  amountMinor,
  currency,
  refundedAtMs: instantMs,
  balanceMinor: amountMinor,
})
export type Refund = z.infer<typeof refund>

/** Some or all reservations of one payment, given back by an operator: all of them or none. */
export const refundPaymentInput = z.object({
  paymentId,
  reservationIds: z
    .array(reservationId)
    .min(1)
    .max(10)
    .refine((ids) => new Set(ids).size === ids.length, 'a reservation is named twice'),
  /** Why, for the audit. */
  reason: operatorReason,
  /** Also what has a ticket that let somebody in. */
  evenIfUsed: z.boolean().default(false),
  idempotencyKey,
})
export type RefundPaymentInput = z.infer<typeof refundPaymentInput>
export const operatorRefund = z.object({
  paymentId,
  reservationIds: z.array(reservationId),
  amountMinor,
  currency,
})
export type OperatorRefund = z.infer<typeof operatorRefund>
