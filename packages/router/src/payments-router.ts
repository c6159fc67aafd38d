import { payInput, payment, paymentInput, paymentListing, refund, refundInput } from '@greenroom/contract'
import { listPayments, pay, readPayment, refund as refundReservation } from '@greenroom/core'
import { z } from 'zod'
import { fanProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const paymentsRouter = trpc.router({
  /**
   * Pays for the caller's holds from the wallet, all or none, at the prices they were held at, and makes their tickets; the
   * pass is spent. A hold that ran out is paid all the same while its seats are free. Safe to repeat with the same key: the
   * first reply again.
   * @throws BALANCE_TOO_LOW
   * @throws HOLD_EXPIRED its seats went to somebody else
   * @throws HOLD_ENDED it is paid or released already
   * @throws SALE_CLOSED
   * @throws SALE_STOPPED
   * @throws SEAT_LIMIT_REACHED
   * @throws NOT_FOUND reservation, or another fan's
   * @throws IDEMPOTENCY_KEY_REUSED with other reservations
   */
  pay: fanProcedure
    .input(payInput)
    .output(payment)
    .mutation(({ ctx, input }) => pay(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  /**
   * Gives a paid reservation back whole: the money to the wallet, the seats to the sale, the tickets void. Safe to repeat
   * with the same key.
   * @throws NOT_REFUNDABLE not paid, refunded already, used at the gate, or the show has begun
   * @throws NOT_FOUND reservation, or another fan's
   * @throws IDEMPOTENCY_KEY_REUSED with another reservation
   */
  refund: fanProcedure
    .input(refundInput)
    .output(refund)
    .mutation(({ ctx, input }) => refundReservation(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  /**
   * One payment of the caller's: what it bought, and what of it was refunded since.
   * @throws NOT_FOUND payment, or another fan's
   */
  get: fanProcedure
    .input(paymentInput)
    .output(paymentListing)
    .query(({ ctx, input }) => readPayment(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  /** The caller's newest 200 payments, newest first. */
  list: fanProcedure
    .output(z.array(paymentListing))
    .query(({ ctx }) => listPayments(ctx.deps, ctx.session.accountId)),
})
