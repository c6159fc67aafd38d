import { type Ticket, ticket } from '@greenroom/contract'
import { keptTicketsKey } from './tickets-place.ts'

/** What a fan saw last of their tickets, and when: a gate may be where no network is. */
export type KeptTickets = { tickets: Ticket[]; atMs: number }

type TicketStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Keeps the tickets on this device in place of those kept before. A device without room keeps none. */
export function keepTickets(store: TicketStore, kept: KeptTickets): void {
  try {
    store.setItem(keptTicketsKey, JSON.stringify(kept))
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    store.removeItem(keptTicketsKey)
  }
}

/** The tickets of whoever was signed in on this device last. */
export function readKeptTickets(store: TicketStore): KeptTickets | undefined {
  const kept: unknown = JSON.parse(store.getItem(keptTicketsKey) ?? 'null')
  return isKept(kept) ? kept : undefined
}

/** False also of what an older page kept in another shape. */
function isKept(value: unknown): value is KeptTickets {
  return (
    typeof value === 'object' &&
    value !== null &&
    'atMs' in value &&
    typeof value.atMs === 'number' &&
    'tickets' in value &&
    ticket.array().safeParse(value.tickets).success
  )
}
