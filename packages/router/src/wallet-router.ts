import { balance, chargeInput, statement, statementInput } from '@greenroom/contract'
import { charge, readBalance, readStatement } from '@greenroom/core'
import { fanProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const walletRouter = trpc.router({
  balance: fanProcedure.output(balance).query(({ ctx }) => readBalance(ctx.deps, ctx.session.accountId)),
  charge: fanProcedure
    .input(chargeInput)
    .output(balance)
    .mutation(({ ctx, input }) => charge(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  statement: fanProcedure
    .input(statementInput)
    .output(statement)
    .query(({ ctx, input }) => readStatement(ctx.deps, { ...input, fanId: ctx.session.accountId })),
})
