import { payInput, payment, refund, refundInput } from '@greenroom/contract'
import { pay, refund as refundReservation } from '@greenroom/core'
import { fanProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const paymentsRouter = trpc.router({
  pay: fanProcedure
    .input(payInput)
    .output(payment)
    .mutation(({ ctx, input }) => pay(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  refund: fanProcedure
    .input(refundInput)
    .output(refund)
    .mutation(({ ctx, input }) => refundReservation(ctx.deps, { ...input, fanId: ctx.session.accountId })),
})
