import {
  concertInput,
  editConcertInput,
  editorConcert,
  editorConcertPage,
  editorPlan,
  generatePlanInput,
  madeConcert,
  madeShow,
  makeConcertInput,
  makeShowInput,
  moveShowInput,
  removeShowInput,
  rescheduleLineInput,
  seatPlanId,
  seatPlanPreview,
  setPriceInput,
} from '@greenroom/contract'
import {
  editConcert,
  generateSeatPlan,
  keepSeatPlan,
  listEditorConcerts,
  listEditorPlans,
  makeConcert,
  makeShow,
  moveShow,
  previewVenue,
  readEditorConcert,
  removeShow,
  rescheduleLine,
  setPrice,
} from '@greenroom/core'
import { z } from 'zod'
import { operatorProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const editorRouter = trpc.router({
  /** The newest 500 concerts, newest first, also those that have no show yet, which fans do not see. */
  concerts: operatorProcedure.output(z.array(editorConcert)).query(({ ctx }) => listEditorConcerts(ctx.deps)),
  /**
   * All that may be changed about a concert, and what is too late to.
   * @throws NOT_FOUND concert
   */
  concert: operatorProcedure
    .input(concertInput)
    .output(editorConcertPage)
    .query(({ ctx, input }) => readEditorConcert(ctx.deps, input.concertId)),
  /** The newest 200 seat plans, newest first, each with the categories that have seats. */
  plans: operatorProcedure.output(z.array(editorPlan)).query(({ ctx }) => listEditorPlans(ctx.deps)),
  /**
   * Makes a concert with prices and a line, once for each key; fans see it once it has a show. Audited.
   * @throws NOT_FOUND seatPlan
   * @throws BAD_INPUT a category with seats has no price
   * @throws IDEMPOTENCY_KEY_REUSED the key made another concert
   */
  makeConcert: operatorProcedure
    .input(makeConcertInput)
    .output(madeConcert)
    .mutation(({ ctx, input }) => makeConcert(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /**
   * Changes what is said of a concert, the seats a fan may have and how long a hold lasts; what is left out stays. Audited. Safe to
   * repeat.
   * @throws NOT_FOUND concert
   * @throws BAD_INPUT another operator changed a part meanwhile, or another clock for dates that somebody holds or bought
   */
  editConcert: operatorProcedure
    .input(editConcertInput)
    .mutation(({ ctx, input }) => editConcert(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /**
   * Changes when lobby and sale open and close, and how places are given; what is left out stays. Audited. Safe to repeat.
   * @throws NOT_FOUND concert
   * @throws BAD_INPUT it is too late for a part, or another operator changed it meanwhile
   */
  rescheduleLine: operatorProcedure
    .input(rescheduleLineInput)
    .mutation(({ ctx, input }) => rescheduleLine(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /**
   * Changes what seats of a category cost from now on; who holds one pays what it cost then. Audited. Safe to repeat.
   * @throws NOT_FOUND category
   * @throws BAD_INPUT another operator changed it meanwhile
   */
  setPrice: operatorProcedure
    .input(setPriceInput)
    .mutation(({ ctx, input }) => setPrice(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /**
   * Adds a date to a concert, all its seats available. Audited. A repeat is refused by the instant.
   * @throws NOT_FOUND concert, seatPlan
   * @throws BAD_INPUT a show at that instant, a moment that is over or before the sale opens, or a category without a price
   */
  makeShow: operatorProcedure
    .input(makeShowInput)
    .output(madeShow)
    .mutation(({ ctx, input }) => makeShow(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /**
   * Has a show begin at another time; who bought before is told. Audited. Safe to repeat.
   * @throws NOT_FOUND show
   * @throws SHOW_FIXED it has begun, is cancelled, or was moved by another meanwhile
   * @throws BAD_INPUT that moment is over, before the sale opens, or another show's of the concert
   */
  moveShow: operatorProcedure
    .input(moveShowInput)
    .mutation(({ ctx, input }) => moveShow(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /**
   * Takes a show away that nobody was ever let in for and of which nothing was ever held or sold. Audited. Safe to repeat.
   * @throws NOT_FOUND show
   * @throws SHOW_FIXED it is too late: cancel it instead
   */
  removeShow: operatorProcedure
    .input(removeShowInput)
    .mutation(({ ctx, input }) => removeShow(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /** What `generatePlan` would keep, geometry and all, to be looked at: nothing is written. */
  previewPlan: operatorProcedure
    .input(generatePlanInput)
    .output(seatPlanPreview)
    .query(({ input }) => previewVenue(input.preset)),
  /** Keeps the plan of a venue of usual dimensions. Audited. A repeat is answered with the plan that is there. */
  generatePlan: operatorProcedure
    .input(generatePlanInput)
    .output(z.object({ seatPlanId }))
    .mutation(async ({ ctx, input }) => {
      const document = generateSeatPlan(input.preset)
      const kept = await keepSeatPlan(ctx.deps, { document, operatorId: ctx.session.accountId })
      return { seatPlanId: kept.seatPlanId }
    }),
})
