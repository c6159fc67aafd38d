import { admitted, admitTicketInput, ticket, ticketInput, ticketKeys } from '@greenroom/contract'
import { admitTicket, listTickets, readTicket, readTicketKeys } from '@greenroom/core'
import { z } from 'zod'
import { fanProcedure, operatorProcedure, publicProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const ticketsRouter = trpc.router({
  list: fanProcedure.output(z.array(ticket)).query(({ ctx }) => listTickets(ctx.deps, ctx.session.accountId)),
  get: fanProcedure
    .input(ticketInput)
    .output(ticket)
    .query(({ ctx, input }) => readTicket(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  /** Public: with these a gate that has no network knows our codes from made-up ones. */
  keys: publicProcedure.output(ticketKeys).query(({ ctx }) => readTicketKeys(ctx.deps)),
  /** The gate: admits each ticket once. */
  admit: operatorProcedure
    .input(admitTicketInput)
    .output(admitted)
    .mutation(({ ctx, input }) => admitTicket(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
})
