import {
  admitStaffInput,
  auditEntry,
  auditInput,
  concertInput,
  saleOverview,
  steerLineInput,
  tuneLineInput,
} from '@greenroom/contract'
import { admitStaff, listAudit, readSaleOverview, steerLine, tuneLine } from '@greenroom/core'
import { z } from 'zod'
import { operatorProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const operatorRouter = trpc.router({
  overview: operatorProcedure
    .input(concertInput)
    .output(saleOverview)
    .query(({ ctx, input }) => readSaleOverview(ctx.deps, input.concertId)),
  steerLine: operatorProcedure
    .input(steerLineInput)
    .mutation(({ ctx, input }) => steerLine(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  tuneLine: operatorProcedure
    .input(tuneLineInput)
    .mutation(({ ctx, input }) => tuneLine(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  admitStaff: operatorProcedure
    .input(admitStaffInput)
    .mutation(({ ctx, input }) => admitStaff(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
  audit: operatorProcedure
    .input(auditInput)
    .output(z.array(auditEntry))
    .query(({ ctx, input }) => listAudit(ctx.deps, input)),
})
