import type { Ticket } from '@greenroom/contract'
import { classNames } from '../design/class-names.ts'
import { m } from '../paraglide/messages.js'

const looks: Record<Ticket['state'], string> = {
  VALID: 'border-good/60 text-good',
  USED: 'border-rule text-soft',
  VOID: 'border-bad/60 text-bad',
}
const names: Record<Ticket['state'], () => string> = {
  VALID: m.ticket_valid,
  USED: m.ticket_used,
  VOID: m.ticket_void,
}

/** A cancelled show says more than what became of the ticket. */
export function ticketStateName({ state, isCancelled }: Pick<Ticket, 'state' | 'isCancelled'>): string {
  return isCancelled ? m.ticket_cancelled() : names[state]()
}

export function TicketStateChip({ ticket }: { ticket: Pick<Ticket, 'state' | 'isCancelled'> }) {
  return (
    <span
      className={classNames(
        'inline-flex min-h-7 shrink-0 items-center rounded-full border px-3 text-sm font-semibold',
        looks[ticket.isCancelled ? 'VOID' : ticket.state],
      )}
    >
      {ticketStateName(ticket)}
    </span>
  )
}
