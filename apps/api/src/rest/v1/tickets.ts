import { admitted, admitTicketInput, ticket, ticketId, ticketKeys } from '@greenroom/contract'
import { z } from 'zod'
import type { Route } from '../route.ts'
import { admittedExample, codeExample, keysExample, ticketExample } from './examples.ts'
import { bodyOf, digits, v1Route } from './v1-route.ts'

export const ticketRoutes: Route[] = [
  v1Route({
    method: 'GET',
    path: '/v1/tickets',
    tags: ['tickets', 'flow'],
    operationId: 'listTickets',
    summary: 'My newest 200 tickets, the next show first',
    access: 'fan',
    refuses: [],
    input: z.object({}),
    reply: z.array(ticket),
    example: { reply: [ticketExample] },
    run: (call) => call.tickets.list(),
  }),
  v1Route({
    method: 'GET',
    path: '/v1/tickets/keys',
    tags: ['tickets'],
    operationId: 'readTicketKeys',
    summary: 'The public keys that ticket codes are checked with, as a JWK Set',
    description: 'A gate without a network knows our codes from made-up ones with these.',
    access: 'anyone',
    refuses: [],
    cache: 'public, max-age=300',
    input: z.object({}),
    reply: ticketKeys,
    example: { reply: keysExample },
    run: (call) => call.tickets.keys(),
  }),
  v1Route({
    method: 'GET',
    path: '/v1/tickets/{ticketId}',
    tags: ['tickets'],
    operationId: 'readTicket',
    summary: 'One of my tickets, with the text of its QR code',
    access: 'fan',
    refuses: ['NOT_FOUND'],
    input: z.object({ params: z.object({ ticketId: digits(ticketId) }) }),
    reply: ticket,
    example: { params: { ticketId: 31 }, reply: ticketExample },
    run: (call, { params }) => call.tickets.get(params),
  }),
  v1Route({
    method: 'POST',
    path: '/v1/tickets/admissions',
    tags: ['tickets'],
    operationId: 'admitTicket',
    summary: 'At the gate: admit the holder of a code, once',
    description:
      'For operators. Of any number of gates that scan a code one is told yes; all others hear TICKET_USED.',
    status: 201,
    access: 'operator',
    refuses: ['TICKET_INVALID', 'TICKET_USED', 'TICKET_VOID'],
    input: z.object({ body: bodyOf(admitTicketInput) }),
    reply: admitted,
    example: { body: { code: codeExample, showId: 1 }, reply: admittedExample },
    run: (call, { body }) => call.tickets.admit(body),
  }),
]
