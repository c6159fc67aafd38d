import {
  auditPage,
  auditSearchInput,
  findFanInput,
  foundFan,
  timelineInput,
  timelinePage,
} from '@greenroom/contract'
import { findFan, listAuditActions, readTimeline, searchAudit } from '@greenroom/core'
import { z } from 'zod'
import { operatorProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const historyRouter = trpc.router({
  /**
   * Whom something is about: by e-mail, by number, or by the number of a reservation, a payment or a ticket.
   * @throws NOT_FOUND account, reservation, payment, ticket
   */
  findFan: operatorProcedure
    .input(findFanInput)
    .output(foundFan)
    .query(({ ctx, input }) => findFan(ctx.deps, input)),
  /**
   * A page of what happened to a fan, newest first, and since when and without what the moves in each line are known.
   * @throws NOT_FOUND account
   */
  timeline: operatorProcedure
    .input(timelineInput)
    .output(timelinePage)
    .query(({ ctx, input }) => readTimeline(ctx.deps, input)),
  /** A page of what operators and partners did, newest first, by words, who, what, to what and when. */
  audit: operatorProcedure
    .input(auditSearchInput)
    .output(auditPage)
    .query(({ ctx, input }) => searchAudit(ctx.deps, input)),
  /** Every kind of deed that the audit has, as `noun.verb`. */
  auditActions: operatorProcedure.output(z.array(z.string())).query(({ ctx }) => listAuditActions(ctx.deps)),
})
