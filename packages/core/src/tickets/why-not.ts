import type { ScanVerdict, ShowId } from '@greenroom/contract'
import type { TicketCode } from './ticket-code.ts'
import type { GateTicket } from './tickets-store.ts'

type Objection = Exclude<ScanVerdict, { verdict: 'admitted' }>

/** What stands against a code of ours that was not let in at a show's gate: the one list that every gate is answered from. */
export function whyNot(found: GateTicket | undefined, code: TicketCode, gateShowId: ShowId): Objection {
  // signed by us, and not there: the secret belongs to another database too
  if (found === undefined || found.ticket.showId !== code.showId) return { verdict: 'forged' }
  const { ticket, state, usedAtMs, usedBy } = found
  if (found.isCancelled) return { verdict: 'cancelled', ticket }
  if (state === 'VOID') return { verdict: 'refunded', ticket }
  if (ticket.showId !== gateShowId) return { verdict: 'wrongShow', ticket }
  if (state === 'USED' && usedAtMs !== null) return { verdict: 'used', ticket, usedAtMs, usedBy }
  throw new Error(`ticket ${ticket.ticketId} is good, and was not used up`)
}
