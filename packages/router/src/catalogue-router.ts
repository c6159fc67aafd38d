import {
  categoryStock,
  concertInput,
  concertPage,
  concertSummary,
  instantMs,
  showInput,
} from '@greenroom/contract'
import { listConcerts, readConcert, readStock } from '@greenroom/core'
import { z } from 'zod'
import { publicProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

const showStock = z.object({ stock: z.array(categoryStock), asOfMs: instantMs })

export const catalogueRouter = trpc.router({
  concerts: publicProcedure.output(z.array(concertSummary)).query(({ ctx }) => listConcerts(ctx.deps)),
  concert: publicProcedure
    .input(concertInput)
    .output(concertPage)
    .query(({ ctx, input }) => readConcert(ctx.deps, input.concertId)),
  /** Coarse and cached: at most a second old. */
  stock: publicProcedure
    .input(showInput)
    .output(showStock)
    .query(({ ctx, input }) => readStock(ctx.deps, input.showId)),
})
