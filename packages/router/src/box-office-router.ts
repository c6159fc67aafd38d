import {
  cancellation,
  cancelShowInput,
  concertInput,
  findPaymentsInput,
  foundPayment,
  gateCount,
  operatorRefund,
  paymentDetails,
  paymentInput,
  refundPaymentInput,
  scanTicketInput,
  scanVerdict,
  showInput,
} from '@greenroom/contract'
import {
  cancelShow,
  findPaymentsFor,
  listCancellations,
  readGateCount,
  readPaymentDetails,
  refundPayment,
  retryCancellation,
  scanTicket,
} from '@greenroom/core'
import { z } from 'zod'
import { operatorProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const boxOfficeRouter = trpc.router({
  /** Payments by number, by a fan's e-mail address (the newest 50) or by a ticket's code; nothing found is an empty list. */
  findPayments: operatorProcedure
    .input(findPaymentsInput)
    .output(z.array(foundPayment))
    .query(({ ctx, input }) => findPaymentsFor(ctx.deps, input)),
  /**
   * One payment whole: whose, its reservations, its tickets and what became of them.
   * @throws NOT_FOUND payment
   */
  payment: operatorProcedure
    .input(paymentInput)
    .output(paymentDetails)
    .query(({ ctx, input }) => readPaymentDetails(ctx.deps, input)),
  /**
   * Gives reservations of one payment back, all or none, also after the show has begun. Audited. Safe to repeat with the same key.
   * @throws NOT_FOUND payment, or a reservation it did not buy
   * @throws NOT_REFUNDABLE given back already, or a ticket was used and `evenIfUsed` is not set
   * @throws IDEMPOTENCY_KEY_REUSED
   */
  refund: operatorProcedure
    .input(refundPaymentInput)
    .output(operatorRefund)
    .mutation(({ ctx, input }) => refundPayment(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /**
   * Cancels a show for good: its sale ends now, its tickets open nothing, and everything paid goes back in the background.
   * Audited. Safe to repeat: the first reason stays.
   * @throws NOT_FOUND show
   */
  cancelShow: operatorProcedure
    .input(cancelShowInput)
    .output(cancellation)
    .mutation(({ ctx, input }) => cancelShow(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /** Which shows of a concert were cancelled, and how far their refunds are. */
  cancellations: operatorProcedure
    .input(concertInput)
    .output(z.array(cancellation))
    .query(({ ctx, input }) => listCancellations(ctx.deps, input)),
  /**
   * Tries the refunds again that failed. Audited. Safe to repeat.
   * @throws NOT_FOUND show, or it is not cancelled
   */
  retryCancellation: operatorProcedure
    .input(showInput)
    .output(cancellation)
    .mutation(({ ctx, input }) =>
      retryCancellation(ctx.deps, { ...input, operatorId: ctx.session.accountId }),
    ),
  /**
   * The gate: what a code is good for, and lets its holder in if it is good. Audited. Safe to repeat with the same key.
   * @throws IDEMPOTENCY_KEY_REUSED
   */
  scan: operatorProcedure
    .input(scanTicketInput)
    .output(scanVerdict)
    .mutation(({ ctx, input }) => scanTicket(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /** How many came in at a show so far. */
  gateCount: operatorProcedure
    .input(showInput)
    .output(gateCount)
    .query(({ ctx, input }) => readGateCount(ctx.deps, input)),
})
