import { auditPage, auditSearchInput } from '@greenroom/contract'
import { listAuditActions, searchAudit } from '@greenroom/core'
import { z } from 'zod'
import { operatorProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const historyRouter = trpc.router({
  /** A page of what operators and partners did, newest first, by words, who, what, to what and when. */
  audit: operatorProcedure
    .input(auditSearchInput)
    .output(auditPage)
    .query(({ ctx, input }) => searchAudit(ctx.deps, input)),
  /** Every kind of deed that the audit has, as `noun.verb`. */
  auditActions: operatorProcedure.output(z.array(z.string())).query(({ ctx }) => listAuditActions(ctx.deps)),
})
