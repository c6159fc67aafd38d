import type { Ticket } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { classNames } from '../design/class-names.ts'
import { Notice } from '../design/notice.tsx'
import { Panel } from '../design/panel.tsx'
import { Poster } from '../design/poster/poster.tsx'
import { m } from '../paraglide/messages.js'
import { formatInstant } from '../text/instants.ts'
import { currentLocale, told } from '../text/locale.ts'
import { tellSeat } from '../text/seats.ts'
import type { Evening } from './evenings.ts'
import { TicketStateChip } from './ticket-state-chip.tsx'
import { useAccent } from './use-accent.ts'

/** One show a fan goes to: its night, and a stub for each seat. */
export function EveningCard({ evening: { show, tickets }, isOver }: { evening: Evening; isOver: boolean }) {
  // seats that were bought after it was moved say nothing of it; others of the same evening may
  const movedFromMs = tickets.find((ticket) => ticket.movedFromMs !== null)?.movedFromMs ?? undefined
  return (
    <Panel className="grid overflow-hidden sm:grid-cols-[11rem_1fr]">
      <Poster
        concertId={show.concertId}
        accent={useAccent(show.concertId)}
        className={classNames('h-24 sm:h-auto', isOver && 'grayscale')}
      />
      <div className="min-w-0">
        <div className="px-4 pt-4 pb-3 sm:px-6 sm:pt-5">
          <h3 className="text-lg leading-snug sm:text-xl">{told(show.concertTitle)}</h3>
          <p className="mt-1.5 text-sm text-soft sm:text-[0.9375rem]">
            {formatInstant(show.startsAtMs, { locale: currentLocale(), timeZone: show.timeZone })}
          </p>
          {movedFromMs !== undefined && !show.isCancelled && !isOver && (
            <Notice tone="plain" className="my-2">
              {m.show_moved({
                from: formatInstant(movedFromMs, { locale: currentLocale(), timeZone: show.timeZone }),
              })}
            </Notice>
          )}
          <p className="text-sm text-soft sm:text-[0.9375rem]">{told(show.venue)}</p>
          {show.isCancelled && (
            <Notice className="mt-3 font-medium">
              {tickets.every(({ state }) => state === 'VOID')
                ? m.cancelled_refunded()
                : m.cancelled_refund_coming()}
            </Notice>
          )}
        </div>
        <ul aria-label={m.nav_tickets()} className="border-t-2 border-dashed border-rule">
          {tickets.map((ticket) => (
            <li key={ticket.ticketId} className="border-rule/60 not-first:border-t">
              <Stub ticket={ticket} />
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  )
}

function Stub({ ticket }: { ticket: Ticket }) {
  return (
    <Link
      to="/tickets/$ticketId"
      params={{ ticketId: ticket.ticketId }}
      className="flex min-h-14 items-center gap-3 px-4 py-2 -outline-offset-4 hover:bg-raised/60 sm:px-6"
    >
      <span className="min-w-0 flex-1">
        <span
          className={
            ticket.state === 'VOID' || ticket.isCancelled ? 'text-soft line-through' : 'font-semibold'
          }
        >
          {tellSeat(ticket)}
        </span>
      </span>
      <TicketStateChip ticket={ticket} />
      <ChevronRight aria-hidden="true" className="size-5 shrink-0 text-faint" />
    </Link>
  )
}
