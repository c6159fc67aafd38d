import { balance, chargeInput, statement, statementInput } from '@greenroom/contract'
import { charge, readBalance, readStatement } from '@greenroom/core'
import { fanProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const walletRouter = trpc.router({
  /**
   * What the caller has, in minor units.
   * @throws NOT_FOUND account
   */
  balance: fanProcedure.output(balance).query(({ ctx }) => readBalance(ctx.deps, ctx.session.accountId)),
  /**
   * Puts money into the caller's wallet and answers with the balance after it. Safe to repeat with the same key.
   * @throws BALANCE_TOO_HIGH
   * @throws IDEMPOTENCY_KEY_REUSED with another amount
   * @throws NOT_FOUND account
   */
  charge: fanProcedure
    .input(chargeInput)
    .output(balance)
    .mutation(({ ctx, input }) => charge(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  /**
   * What moved, newest first, each line with the balance after it; `nextBeforeId` asks for the next page.
   * @throws NOT_FOUND account
   */
  statement: fanProcedure
    .input(statementInput)
    .output(statement)
    .query(({ ctx, input }) => readStatement(ctx.deps, { ...input, fanId: ctx.session.accountId })),
})
