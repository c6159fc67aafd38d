import {
  auditPage,
  auditSearchInput,
  failedJobs,
  findFanInput,
  foundFan,
  retriedJob,
  retryJobInput,
  timelineInput,
  timelinePage,
} from '@greenroom/contract'
import {
  findFan,
  listAuditActions,
  listFailedJobs,
  readTimeline,
  retryJob,
  searchAudit,
} from '@greenroom/core'
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
  /** What failed for good in every queue: how many, and the newest 50 of each. */
  failedJobs: operatorProcedure.output(failedJobs).query(({ ctx }) => listFailedJobs(ctx.deps)),
  /**
   * Has a failed job done once more. Audited. Safe to repeat: it is failed no more then.
   * @throws NOT_FOUND job: not there, or not failed
   */
  retryJob: operatorProcedure
    .input(retryJobInput)
    .output(retriedJob)
    .mutation(({ ctx, input }) => retryJob(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
})
