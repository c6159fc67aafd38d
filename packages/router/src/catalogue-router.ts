import { concertInput, concertPage, concertSummary, showInput, showStock } from '@greenroom/contract'
import { listConcerts, readConcert, readStock } from '@greenroom/core'
import { z } from 'zod'
import { publicProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const catalogueRouter = trpc.router({
  /** Every concert, with the phase of its line and its prices in minor units of its currency. */
  concerts: publicProcedure.output(z.array(concertSummary)).query(({ ctx }) => listConcerts(ctx.deps)),
  /**
   * One concert with its categories and dates. `holdTtlMs` is how long a hold lasts, `seatsPerFan` counts per show; the seat
   * map of a date is the file at `geometryUrl`, and its seats are `firstSeatId` and the ids after it. Stock is at most a
   * second old.
   * @throws NOT_FOUND concert
   */
  concert: publicProcedure
    .input(concertInput)
    .output(concertPage)
    .query(({ ctx, input }) => readConcert(ctx.deps, input.concertId)),
  /**
   * Seats left per category of one show. Coarse and cached: at most a second old, `asOfMs` says when it was true.
   * @throws NOT_FOUND show
   */
  stock: publicProcedure
    .input(showInput)
    .output(showStock)
    .query(({ ctx, input }) => readStock(ctx.deps, input.showId)),
})
