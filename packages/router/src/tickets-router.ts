import { admitted, admitTicketInput, ticket, ticketInput } from '@greenroom/contract'
import { admitTicket, listTickets, readTicket } from '@greenroom/core'
import { z } from 'zod'
import { fanProcedure, operatorProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const ticketsRouter = trpc.router({
  list: fanProcedure.output(z.array(ticket)).query(({ ctx }) => listTickets(ctx.deps, ctx.session.accountId)),
  get: fanProcedure
    .input(ticketInput)
    .output(ticket)
    .query(({ ctx, input }) => readTicket(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  /** The gate: admits each ticket once. */
  admit: operatorProcedure
    .input(admitTicketInput)
    .output(admitted)
    .mutation(({ ctx, input }) => admitTicket(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
})
