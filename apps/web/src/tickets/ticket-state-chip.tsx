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

export function ticketStateName(state: Ticket['state']): string {
  return names[state]()
}

export function TicketStateChip({ state }: { state: Ticket['state'] }) {
  return (
    <span
      className={classNames(
        'inline-flex min-h-7 shrink-0 items-center rounded-full border px-3 text-sm font-semibold',
        looks[state],
      )}
    >
      {ticketStateName(state)}
    </span>
  )
}
