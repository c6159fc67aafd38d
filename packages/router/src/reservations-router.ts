import {
  concertInput,
  holdBestInput,
  holdInput,
  reservation,
  reservationInput,
  reservationListing,
} from '@greenroom/contract'
import {
  holdBestSeats,
  holdSeats,
  listLiveHolds,
  listReservations,
  readReservation,
  releaseReservation,
} from '@greenroom/core'
import { z } from 'zod'
import { fanProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const reservationsRouter = trpc.router({
  hold: fanProcedure
    .input(holdInput)
    .output(reservation)
    .mutation(({ ctx, input }) =>
      holdSeats(ctx.deps, { ...input, fanId: ctx.session.accountId, mirror: ctx.seatMirror }),
    ),
  holdBest: fanProcedure
    .input(holdBestInput)
    .output(reservation)
    .mutation(({ ctx, input }) =>
      holdBestSeats(ctx.deps, { ...input, fanId: ctx.session.accountId, mirror: ctx.seatMirror }),
    ),
  release: fanProcedure
    .input(reservationInput)
    .output(reservation)
    .mutation(({ ctx, input }) => releaseReservation(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  get: fanProcedure
    .input(reservationInput)
    .output(reservationListing)
    .query(({ ctx, input }) => readReservation(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  list: fanProcedure
    .output(z.array(reservationListing))
    .query(({ ctx }) => listReservations(ctx.deps, ctx.session.accountId)),
  /** The caller's live holds of one concert: what a basket shows after a reload. */
  live: fanProcedure
    .input(concertInput)
    .output(z.array(reservation))
    .query(({ ctx, input }) => listLiveHolds(ctx.deps, { ...input, fanId: ctx.session.accountId })),
})
