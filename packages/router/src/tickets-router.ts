import { admitted, admitTicketInput, ticket, ticketInput, ticketKeys } from '@greenroom/contract'
import { admitTicket, listTickets, readTicket, readTicketKeys } from '@greenroom/core'
import { z } from 'zod'
import { fanProcedure, operatorProcedure, publicProcedure } from './procedures.ts'
import { trpc } from './trpc.ts'

export const ticketsRouter = trpc.router({
  /** The caller's tickets, each with the signed text of its QR code. */
  list: fanProcedure.output(z.array(ticket)).query(({ ctx }) => listTickets(ctx.deps, ctx.session.accountId)),
  /**
   * One ticket of the caller's.
   * @throws NOT_FOUND ticket, or another fan's
   */
  get: fanProcedure
    .input(ticketInput)
    .output(ticket)
    .query(({ ctx, input }) => readTicket(ctx.deps, { ...input, fanId: ctx.session.accountId })),
  /**
   * The public half of the key that signs codes, as a JWK Set: with it a gate that has no network knows our codes from
   * made-up ones.
   */
  keys: publicProcedure.output(ticketKeys).query(({ ctx }) => readTicketKeys(ctx.deps)),
  /**
   * The gate: admits each ticket once. `showId` refuses tickets of other dates.
   * @throws TICKET_USED and when
   * @throws TICKET_VOID it was refunded
   * @throws TICKET_INVALID not a code of ours, or of another show
   */
  admit: operatorProcedure
    .input(admitTicketInput)
    .output(admitted)
    .mutation(({ ctx, input }) => admitTicket(ctx.deps, { ...input, operatorId: ctx.session.accountId })),
})
