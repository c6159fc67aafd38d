import { type AccountId, DomainError, type ShowId, type Ticket, type TicketId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { signTicketCode } from './ticket-code.ts'
import { countUsed, findTicket, findTickets, type TicketRow } from './tickets-store.ts'

/** The fan's own tickets, void and used ones too, the next show first: the newest 200. */
export async function listTickets(deps: Deps, fanId: AccountId): Promise<Ticket[]> {
  const rows = await findTickets(deps.db, fanId, 200)
  return await Promise.all(rows.map((row) => withCode(deps, row)))
}

/** One of the fan's own tickets. NOT_FOUND when there is none, and no other answer when it is somebody else's. */
export async function readTicket(
  deps: Deps,
  input: { ticketId: TicketId; fanId: AccountId },
): Promise<Ticket> {
  const row = await findTicket(deps.db, input.fanId, input.ticketId)
  if (row === undefined) throw new DomainError('NOT_FOUND', { what: 'ticket' })
  return await withCode(deps, row)
}

/** How many came in at a show so far, by every gate. */
export async function readGateCount(
  deps: Deps,
  { showId }: { showId: ShowId },
): Promise<{ admitted: number }> {
  return { admitted: await countUsed(deps.db, showId) }
}

async function withCode(deps: Deps, row: TicketRow): Promise<Ticket> {
  return { ...row, code: await signTicketCode(deps, row) }
}
