import {
  admitStaffInput,
  auditEntry,
  auditInput,
  concertInput,
  invariantsReport,
  resumeSaleInput,
  saleOverview,
  steerLineInput,
  tuneLineInput,
} from '@greenroom/contract'
import {
  admitStaff,
  listAudit,
  readInvariants,
  readSaleOverview,
  resumeSale,
  steerLine,
  tuneLine,
} from '@greenroom/core'
import { z } from 'zod'
import { operatorProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const operatorRouter = trpc.router({
  /**
   * How a sale goes: the line, the seats and the revenue in minor units.
   * @throws NOT_FOUND concert
   */
  overview: operatorProcedure
    .input(concertInput)
    .output(saleOverview)
    .query(({ ctx, input }) => readSaleOverview(ctx.deps, input.concertId)),
  /**
   * Opens, pauses, drains or closes a line from now on, whatever its clock says. Audited. Safe to repeat.
   * @throws NOT_FOUND concert
   */
  steerLine: operatorProcedure
    .input(steerLineInput)
    .mutation(({ ctx, input }) => steerLine(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /**
   * Sets how many may be inside at a time and how many may come in a minute (`null`: any number); what is left out stays.
   * Audited. Safe to repeat.
   * @throws NOT_FOUND concert
   */
  tuneLine: operatorProcedure
    .input(tuneLineInput)
    .mutation(({ ctx, input }) => tuneLine(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /**
   * Lets one account in past the line, even over capacity. Audited. A repeat renews the pass.
   * @throws NOT_FOUND concert, account
   */
  admitStaff: operatorProcedure
    .input(admitStaffInput)
    .mutation(({ ctx, input }) => admitStaff(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /** What the newest check of the invariants found, how old it is, and which sales are stopped. */
  invariants: operatorProcedure.output(invariantsReport).query(({ ctx }) => readInvariants(ctx.deps)),
  /**
   * Lets a stopped show sell again: the faults it was stopped for do not stop it again, new ones do. Audited. Safe to repeat.
   * @throws NOT_FOUND show
   */
  resumeSale: operatorProcedure
    .input(resumeSaleInput)
    .mutation(({ ctx, input }) => resumeSale(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  /** What operators did, newest first. */
  audit: operatorProcedure
    .input(auditInput)
    .output(z.array(auditEntry))
    .query(({ ctx, input }) => listAudit(ctx.deps, input)),
})
