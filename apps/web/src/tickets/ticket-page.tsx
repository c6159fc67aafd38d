import type { Ticket } from '@greenroom/contract'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ArrowLeft, ArrowRight, Printer } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, buttonLook } from '../design/button.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { told } from '../text/locale.ts'
import { AddToCalendar } from './add-to-calendar.tsx'
import { partyOf } from './evenings.ts'
import { useKeptAwake } from './keep-awake.ts'
import { KeptNotice } from './kept-notice.tsx'
import { TicketSheet } from './ticket-sheet.tsx'
import { ticketQuery, useTickets } from './use-tickets.ts'

const route = getRouteApi('/tickets/$ticketId')

/** One ticket, held out to the gate; the others of the party are a press away, and are printed with it. */
export function TicketPage() {
  const { ticketId } = route.useParams()
  const query = useSuspenseQuery({ ...ticketQuery(ticketId), refetchInterval: 15_000 })
  const ticket = query.data
  const party = partyOf(ticket, useTickets().data ?? [])
  useTitle(`${m.title_ticket()} · ${told(ticket.concertTitle)}`)
  useKeptAwake()
  return (
    <div className="page flex max-w-md flex-col py-6 sm:py-10 print:max-w-sm print:py-0">
      <div data-print="no" className="mb-4">
        <Link to="/tickets" className={`${buttonLook({ tone: 'quiet', size: 'sm' })} -ml-3`}>
          <ArrowLeft aria-hidden="true" className="size-4" />
          {m.nav_tickets()}
        </Link>
        {query.isRefetchError && <KeptNotice atMs={query.dataUpdatedAt} />}
      </div>
      <TicketSheet ticket={ticket} isPage />
      <PartySteps ticket={ticket} party={party} />
      <div data-print="no" className="mt-5 grid grid-cols-2 gap-2">
        <AddToCalendar show={ticket} seats={party} />
        <Button tone="outline" onClick={() => print()}>
          <Printer aria-hidden="true" className="size-[1.125rem]" />
          {m.print()}
        </Button>
      </div>
      <div className="hidden print:block">
        {party
          .filter((each) => each.ticketId !== ticketId)
          .map((each) => (
            <div key={each.ticketId} className="break-before-page">
              <TicketSheet ticket={each} />
            </div>
          ))}
      </div>
    </div>
  )
}

/** The other tickets of the same evening, one press away while a party stands at the gate. */
function PartySteps({ ticket, party }: { ticket: Ticket; party: readonly Ticket[] }) {
  const index = party.findIndex((each) => each.ticketId === ticket.ticketId)
  if (party.length < 2) return null
  return (
    <nav aria-label={m.other_tickets()} data-print="no" className="mt-5 flex items-center justify-between">
      <Step ticket={party[index - 1]} label={m.ticket_before()}>
        <ArrowLeft aria-hidden="true" className="size-5" />
      </Step>
      <span className="text-soft">
        {index + 1} / {party.length}
      </span>
      <Step ticket={party[index + 1]} label={m.ticket_after()}>
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
