import { concertInput, liveSale, saleHistory, saleHistoryInput } from '@greenroom/contract'
import { readLiveSale, readSaleHistory } from '@greenroom/core'
import { operatorProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const salesRouter = trpc.router({
  /**
   * How a sale stands: line, seats, money in minor units, fans, and how the api answers; each part with the moment it is of. What
   * Redis alone knows is null while Redis is away.
   * @throws NOT_FOUND concert
   */
  live: operatorProcedure
    .input(concertInput)
    .output(liveSale)
    .query(({ ctx, input }) => readLiveSale(ctx.deps, input.concertId)),
  /**
   * A sale over time, sampled every five seconds, column by column, in at most 601 points whatever the range.
   * @throws NOT_FOUND concert
   */
  history: operatorProcedure
    .input(saleHistoryInput)
    .output(saleHistory)
    .query(({ ctx, input }) => readSaleHistory(ctx.deps, input)),
})
