import type { Ticket } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { buttonLook } from '../design/button.tsx'
import { classNames } from '../design/class-names.ts'
import { EmptyState } from '../design/empty-state.tsx'
import { Notice } from '../design/notice.tsx'
import { Poster } from '../design/poster/poster.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { formatInstant } from '../text/instants.ts'
import { currentLocale, told } from '../text/locale.ts'
import { tellRefusal } from '../text/refusals.ts'
import { tellSeat } from '../text/seats.ts'
import { TicketStateChip } from './ticket-state-chip.tsx'
import { useAccent } from './use-accent.ts'

/** All own tickets, a stub each; what can still be used comes first. */
export function TicketsPage() {
  useTitle(m.nav_tickets())
  const tickets = useQuery(api.tickets.list.queryOptions())
  return (
    <div className="page max-w-4xl py-10">
      <h1 className="text-3xl">{m.nav_tickets()}</h1>
      {tickets.isError && (
        <Notice tone="bad" className="mt-8">
          {tellRefusal(refusalOf(tickets.error))}
        </Notice>
      )}
      {tickets.data?.length === 0 && (
        <EmptyState
          isPart
          title={m.no_tickets_title()}
          action={
            <Link to="/" className={buttonLook()}>
              {m.to_concerts()}
            </Link>
          }
        >
          {m.no_tickets_text()}
        </EmptyState>
      )}
      <ul className="mt-8 grid gap-4">
        {tickets.isPending && [0, 1].map((each) => <Skeleton key={each} className="h-36 rounded-panel" />)}
        {tickets.data?.toSorted(bySoonest).map((ticket) => (
          <li key={ticket.ticketId}>
            <Stub ticket={ticket} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function bySoonest(a: Ticket, b: Ticket): number {
  const isOver = (ticket: Ticket): number => (ticket.state === 'VALID' ? 0 : 1)
  return isOver(a) - isOver(b) || a.startsAtMs - b.startsAtMs || a.ticketId - b.ticketId
}

function Stub({ ticket }: { ticket: Ticket }) {
  const accent = useAccent(ticket.concertId)
  return (
    <Link
      to="/tickets/$ticketId"
      params={{ ticketId: ticket.ticketId }}
      className={classNames(
        'grid min-h-36 grid-cols-[6.5rem_1fr] overflow-hidden rounded-panel border border-rule/60 bg-surface shadow-panel transition-transform duration-200 ease-out hover:-translate-y-0.5 sm:grid-cols-[11rem_1fr_auto]',
        ticket.state !== 'VALID' && 'opacity-65',
      )}
    >
      <Poster concertId={ticket.concertId} accent={accent} />
      <div className="min-w-0 px-5 py-4 sm:px-6">
        <h2 className="text-lg leading-snug">{told(ticket.concertTitle)}</h2>
        <p className="mt-1 text-sm text-soft">
          {formatInstant(ticket.startsAtMs, { locale: currentLocale(), timeZone: ticket.timeZone })}
        </p>
        <p className="text-sm text-soft">{told(ticket.venue)}</p>
        <p className="mt-2.5 font-semibold">{tellSeat(ticket)}</p>
      </div>
      <div className="col-start-2 flex items-center border-rule px-5 pb-4 sm:col-start-auto sm:border-l-2 sm:border-dashed sm:px-7 sm:py-4">
        <TicketStateChip state={ticket.state} />
      </div>
    </Link>
  )
}
