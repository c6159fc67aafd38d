import type { Ticket } from '@greenroom/contract'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ArrowLeft, ArrowRight, Printer } from 'lucide-react'
import type { ReactNode } from 'react'
import { api } from '../data/api.ts'
import { Button, buttonLook } from '../design/button.tsx'
import { classNames } from '../design/class-names.ts'
import { Poster } from '../design/poster/poster.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { formatDay, formatTime } from '../text/instants.ts'
import { currentLocale, told } from '../text/locale.ts'
import { QrCode } from './qr-code.tsx'
import { TicketStateChip } from './ticket-state-chip.tsx'
import { useAccent } from './use-accent.ts'

const route = getRouteApi('/tickets/$ticketId')

/** One ticket as one would hold it: the night above, the seat, and below the tear line what the gate reads. */
export function TicketPage() {
  const { ticketId } = route.useParams()
  const { data: ticket } = useSuspenseQuery({
    ...api.tickets.get.queryOptions({ ticketId }),
    refetchInterval: 15_000,
  })
  useTitle(`${m.title_ticket()} · ${told(ticket.concertTitle)}`)
  return (
    <div className="page flex max-w-md flex-col py-6 sm:py-10">
      <div data-print="no" className="mb-4 flex items-center justify-between">
        <Link to="/tickets" className={buttonLook({ tone: 'quiet', size: 'sm' })}>
          <ArrowLeft aria-hidden="true" className="size-4" />
          {m.nav_tickets()}
        </Link>
        <Button tone="quiet" size="sm" onClick={() => print()}>
          <Printer aria-hidden="true" className="size-4" />
          {m.print()}
        </Button>
      </div>
      <TicketSheet ticket={ticket} />
      <Siblings ticket={ticket} />
    </div>
  )
}

function TicketSheet({ ticket }: { ticket: Ticket }) {
  const zone = { locale: currentLocale(), timeZone: ticket.timeZone }
  return (
    <article className="overflow-hidden rounded-panel border border-rule/60 bg-surface shadow-panel">
      <Poster
        concertId={ticket.concertId}
        accent={useAccent(ticket.concertId)}
        className="flex h-52 flex-col justify-end px-6 pb-5"
      >
        <div className="absolute inset-0 -z-10 bg-linear-to-t from-stage to-transparent to-75%" />
        <h1 className="text-[1.75rem] leading-tight font-extrabold">{told(ticket.concertTitle)}</h1>
        <p className="mt-1 text-cream/85">{told(ticket.venue)}</p>
      </Poster>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 px-6 pt-5 pb-6">
        <Detail term={m.date()}>{formatDay(ticket.startsAtMs, zone)}</Detail>
        <Detail term={m.starts()}>{formatTime(ticket.startsAtMs, zone)}</Detail>
        <Detail term={m.section()}>{ticket.section === '' ? ticket.categoryName : ticket.section}</Detail>
        <Detail term={m.category()}>{ticket.categoryName}</Detail>
        {ticket.row !== '' && (
          <Detail term={m.row()} isLarge>
            {ticket.row}
          </Detail>
        )}
        <Detail term={m.seat()} isLarge>
          {ticket.number}
        </Detail>
      </dl>
      <div className="tear-line" />
      <div className="flex flex-col items-center px-6 pt-7 pb-6">
        <div className={classNames('w-full max-w-72', ticket.state !== 'VALID' && 'opacity-20')}>
          <QrCode text={ticket.code} label={m.qr_label()} />
        </div>
        <div className="mt-5 flex w-full items-center justify-between">
          <div>
            <div className="text-sm text-faint">{m.holder()}</div>
            <div className="font-semibold">{ticket.holderName}</div>
          </div>
          <TicketStateChip state={ticket.state} />
        </div>
        <p className="mt-4 w-full text-sm text-faint">{m.ticket_note({ number: ticket.ticketId })}</p>
      </div>
    </article>
  )
}

function Detail({ term, children, isLarge }: { term: string; children: ReactNode; isLarge?: boolean }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-faint">{term}</dt>
      <dd
        className={classNames(
          'font-semibold',
          isLarge === true && 'text-4xl leading-tight font-extrabold tracking-[-0.03em]',
        )}
      >
        {children}
      </dd>
    </div>
  )
}

/** The other tickets of the same evening, one press away while a party stands at the gate. */
function Siblings({ ticket }: { ticket: Ticket }) {
  const tickets = useQuery(api.tickets.list.queryOptions()).data
  const party = (tickets ?? [])
    .filter((each) => each.showId === ticket.showId && each.state !== 'VOID')
    .toSorted((a, b) => a.ticketId - b.ticketId)
  const index = party.findIndex((each) => each.ticketId === ticket.ticketId)
  if (party.length < 2 || index < 0) return null
  const before = party[index - 1]
  const after = party[index + 1]
  return (
    <nav aria-label={m.other_tickets()} data-print="no" className="mt-5 flex items-center justify-between">
      <Step ticket={before} label={m.ticket_before()}>
        <ArrowLeft aria-hidden="true" className="size-5" />
      </Step>
      <span className="text-soft">
        {index + 1} / {party.length}
      </span>
      <Step ticket={after} label={m.ticket_after()}>
        <ArrowRight aria-hidden="true" className="size-5" />
      </Step>
    </nav>
  )
}

function Step(props: { ticket: Ticket | undefined; label: string; children: ReactNode }) {
  if (props.ticket === undefined) return <span className="w-14" />
  return (
    <Link
      to="/tickets/$ticketId"
      params={{ ticketId: props.ticket.ticketId }}
      replace
      aria-label={props.label}
      className={`${buttonLook({ tone: 'outline' })} w-14`}
    >
      {props.children}
    </Link>
  )
}
