import {
  admissionPace,
  admitStaffInput,
  bypassCodeInput,
  bypassCodeListing,
  concertInput,
  createBypassCodeInput,
  createdBypassCode,
  guardLineInput,
  invariantsReport,
  lineGuards,
  lineGuardsInput,
  resumeSaleInput,
  resumedSale,
  serverLoad,
  steerLineInput,
  tellLineInput,
  tuneLineInput,
} from '@greenroom/contract'
import {
  admitStaff,
  createBypassCode,
  guardLine,
  inspectLineGuards,
  listBypassCodes,
  readAdmissionPace,
  readInvariants,
  readLoad,
  resumeSale,
  revokeBypassCode,
  steerLine,
  tellLine,
  tuneLine,
} from '@greenroom/core'
import { z } from 'zod'
import { operatorProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const operatorRouter = trpc.router({
  /**
   * Pauses, drains or closes a line from now on, whatever its clock says; `resume` takes that back, so that it opens and closes in
   * time. `open` lets fans in now in any case: before the opening for good, after the close by taking that away. Audited. Safe to
   * repeat.
   * @throws NOT_FOUND concert
   */
  steerLine: operatorProcedure
    .input(steerLineInput)
    .mutation(({ ctx, input }) => steerLine(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /**
   * Sets how many may be inside at a time, how many may come in a minute (`null`: any number), and whether that follows the load:
   * then it is anything from the floor to the rate, lower while fans inside wait longer than the target. What is left out stays.
   * Audited. Safe to repeat.
   * @throws NOT_FOUND concert
   * @throws BAD_INPUT another operator changed a part meanwhile
   */
  tuneLine: operatorProcedure
    .input(tuneLineInput)
    .mutation(({ ctx, input }) => tuneLine(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /**
   * Load-aware admission of a line: what it is set to, how many it lets in a minute now, and why.
   * @throws NOT_FOUND concert
   */
  admissionPace: operatorProcedure
    .input(concertInput)
    .output(admissionPace)
    .query(({ ctx, input }) => readAdmissionPace(ctx.deps, input.concertId)),
  /** How busy all api processes together are, by what they said within the last five seconds. */
  load: operatorProcedure.output(serverLoad).query(({ ctx }) => readLoad(ctx.deps)),
  /**
   * Tells everybody in the line something, or nothing more (`null`). Audited. Safe to repeat.
   * @throws NOT_FOUND concert
   */
  tellLine: operatorProcedure
    .input(tellLineInput)
    .mutation(({ ctx, input }) => tellLine(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /** The newest 200 codes that let in past a line, without their texts. */
  bypassCodes: operatorProcedure
    .input(concertInput)
    .output(z.array(bypassCodeListing))
    .query(({ ctx, input }) => listBypassCodes(ctx.deps, input.concertId)),
  /**
   * Makes a code that lets fans in past the line. The reply holds its text, which is shown nowhere else. Audited. Every call makes
   * another code.
   * @throws NOT_FOUND concert
   */
  createBypassCode: operatorProcedure
    .input(createBypassCodeInput)
    .output(createdBypassCode)
    .mutation(({ ctx, input }) =>
      createBypassCode(ctx.deps, { ...input, operatorId: ctx.session.accountId }),
    ),
  /**
   * Ends a code; who is inside by it stays. Audited. A repeat finds none.
   * @throws NOT_FOUND bypassCode
   */
  revokeBypassCode: operatorProcedure
    .input(bypassCodeInput)
    .mutation(({ ctx, input }) =>
      revokeBypassCode(ctx.deps, { ...input, operatorId: ctx.session.accountId }),
    ),
  /**
   * Lets one account in past the line, even over capacity. Audited. A repeat renews the pass.
   * @throws NOT_FOUND concert, account
   */
  admitStaff: operatorProcedure
    .input(admitStaffInput)
    .mutation(({ ctx, input }) => admitStaff(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /**
   * What newcomers to a line are asked for.
   * @throws NOT_FOUND concert
   */
  lineGuards: operatorProcedure
    .input(lineGuardsInput)
    .output(lineGuards)
    .query(({ ctx, input }) => inspectLineGuards(ctx.deps, input.concertId)),
  /**
   * Sets what newcomers to a line are asked for: a challenge, its strength, and how many accounts of one address may wait; what
   * is left out stays. Audited. Safe to repeat.
   * @throws NOT_FOUND concert
   * @throws BAD_INPUT a provider where this server has none, or another operator changed a part meanwhile
   */
  guardLine: operatorProcedure
    .input(guardLineInput)
    .mutation(({ ctx, input }) => guardLine(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /** What the newest check of the invariants found, how old it is, and which sales are stopped. */
  invariants: operatorProcedure.output(invariantsReport).query(({ ctx }) => readInvariants(ctx.deps)),
  /**
   * Lets a stopped show sell again where the named faults are all that it has: they do not stop it again, new ones do. While others
   * are open it stays stopped. Audited. Safe to repeat.
   * @throws NOT_FOUND show
   * @throws SALE_STOPPED cancelled, which is for good
   */
  resumeSale: operatorProcedure
    .input(resumeSaleInput)
    .output(resumedSale)
    .mutation(({ ctx, input }) => resumeSale(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
})
