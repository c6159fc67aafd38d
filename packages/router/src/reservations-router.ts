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
  /**
   * Holds all of these seats of one show, or none, until `heldUntilMs`. Needs a live pass. The fan's own holds never stand
   * in the way: those that overlap are released for the new one. Safe to repeat: asking for exactly the seats of an own
   * live hold answers with that hold; with a key the first reply comes again, whatever became of the hold.
   * @throws SEATS_TAKEN which ones, and what they are now
   * @throws SEAT_LIMIT_REACHED
   * @throws SALE_CLOSED
   * @throws SALE_STOPPED
   * @throws IDEMPOTENCY_KEY_REUSED for another wish
   * @throws NOT_FOUND show, seat
   * @throws PASS_REFUSED not a live pass of this fan and concert, or spent
   * @throws PASS_REQUIRED an offer that cannot be claimed while Redis is away
   * @throws STILL_WAITING the server lost the pass and others are inside: the fan is next
   * @throws LINE_CLOSED an offer of a line that is over
   */
  hold: fanProcedure
    .input(holdInput)
    .output(reservation)
    .mutation(({ ctx, input }) =>
      holdSeats(ctx.deps, { ...input, fanId: ctx.session.accountId, mirror: ctx.seatMirror }),
    ),
  /**
   * Holds the best `quantity` neighbouring seats that are free, of one category or in one section if named. Needs a live
   * pass. A repeat holds others as well, unless it has the same key: then the first reply comes again. Wheelchair and
   * companion seats, restricted views and standing places are given only to who names their category (standing: or section).
   * @throws NO_ADJACENT_SEATS and the longest row of free seats there is
   * @throws SEAT_LIMIT_REACHED
   * @throws SALE_CLOSED
   * @throws SALE_STOPPED
   * @throws IDEMPOTENCY_KEY_REUSED for another wish
   * @throws NOT_FOUND show
   * @throws OVERLOADED others were faster each time
   * @throws PASS_REFUSED not a live pass of this fan and concert, or spent
   * @throws PASS_REQUIRED an offer that cannot be claimed while Redis is away
   * @throws STILL_WAITING the server lost the pass and others are inside: the fan is next
   * @throws LINE_CLOSED an offer of a line that is over
   */
  holdBest: fanProcedure
    .input(holdBestInput)
    .output(reservation)
    .mutation(({ ctx, input }) =>
      holdBestSeats(ctx.deps, { ...input, fanId: ctx.session.accountId, mirror: ctx.seatMirror }),
    ),
  /**
   * Gives a hold back; its seats are free at once. Safe to repeat, also for one that expired.
   * @throws HOLD_ENDED it is paid or refunded
   * @throws NOT_FOUND reservation, or another fan's
   */
  release: fanProcedure
    .input(reservationInput)
    .output(reservation)
    .mutation(({ ctx, input }) => releaseReservation(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  /**
   * One reservation of the caller's, whatever became of it.
   * @throws NOT_FOUND reservation, or another fan's
   */
  get: fanProcedure
    .input(reservationInput)
    .output(reservationListing)
    .query(({ ctx, input }) => readReservation(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  /** The caller's reservations, newest first. */
  list: fanProcedure
    .output(z.array(reservationListing))
    .query(({ ctx }) => listReservations(ctx.deps, ctx.session.accountId)),
  /** The caller's live holds of one concert: what a basket shows after a reload. */
  live: fanProcedure
    .input(concertInput)
    .output(z.array(reservation))
    .query(({ ctx, input }) => listLiveHolds(ctx.deps, { ...input, fanId: ctx.session.accountId })),
})
