import type { Ticket, TicketId } from '@greenroom/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, greenroom } from '../data/api.ts'
import { keepTickets, readKeptTickets } from './kept-tickets.ts'

/**
 * Own tickets: at once as this device kept them, then as the server has them, which are kept in their place. The server is asked
 * however fresh they are: the gate may have used one up since, and a reload is how people look.
 */
export function useTickets() {
  const kept = readKeptTickets(localStorage)
  return useQuery({
    queryKey: api.tickets.list.queryKey(),
    queryFn: async ({ signal }): Promise<Ticket[]> => {
      const tickets = await greenroom.api.tickets.list.query(undefined, { signal })
      keepTickets(localStorage, { tickets, atMs: Date.now() })
      return tickets
    },
    ...(kept && { initialData: kept.tickets, initialDataUpdatedAt: kept.atMs, refetchOnMount: 'always' }),
  })
}

/** One of them, looked at again while it is shown: the gate may use it up. */
export function ticketQuery(ticketId: TicketId) {
  const kept = readKeptTickets(localStorage)
  const ticket = kept?.tickets.find((each) => each.ticketId === ticketId)
  return queryOptions({
    queryKey: api.tickets.get.queryKey({ ticketId }),
    queryFn: ({ signal }) => greenroom.api.tickets.get.query({ ticketId }, { signal }),
    ...(kept &&
      ticket && { initialData: ticket, initialDataUpdatedAt: kept.atMs, refetchOnMount: 'always' as const }),
  })
}
