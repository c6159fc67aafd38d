import type { Ticket } from '@greenroom/contract'
import type { ReactNode } from 'react'
import { classNames } from '../design/class-names.ts'
import { Poster } from '../design/poster/poster.tsx'
import { m } from '../paraglide/messages.js'
import { tellCategoryName } from '../text/categories.ts'
import { formatDay, formatInstant, formatTime } from '../text/instants.ts'
import { currentLocale, told } from '../text/locale.ts'
import { QrCode } from './qr-code.tsx'
import { TicketStateChip, ticketStateName } from './ticket-state-chip.tsx'
import { useAccent } from './use-accent.ts'

/** One ticket as one would hold it: the night above, the seat, and below the tear line what the gate reads. */
export function TicketSheet({ ticket, isPage = false }: { ticket: Ticket; isPage?: boolean }) {
  const zone = { locale: currentLocale(), timeZone: ticket.timeZone }
  const Title = isPage ? 'h1' : 'h2'
  const isGood = ticket.state === 'VALID' && !ticket.isCancelled
  return (
    <article className="overflow-hidden rounded-panel border border-rule/60 bg-surface shadow-panel print:break-inside-avoid print:shadow-none">
      <Poster
        concertId={ticket.concertId}
        accent={useAccent(ticket.concertId)}
        className="flex min-h-44 flex-col justify-end px-6 pt-16 pb-5 print:min-h-36"
      >
        <div className="absolute inset-0 -z-10 bg-linear-to-t from-stage to-transparent to-75%" />
        <Title className="text-[1.75rem] leading-tight font-extrabold">{told(ticket.concertTitle)}</Title>
        <p className="mt-1 text-cream/85">{told(ticket.venue)}</p>
      </Poster>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 px-6 pt-5 pb-6">
        <Detail term={m.date()}>{formatDay(ticket.startsAtMs, zone)}</Detail>
        <Detail term={m.starts()}>{formatTime(ticket.startsAtMs, zone)}</Detail>
        {ticket.section !== '' && <Detail term={m.section()}>{ticket.section}</Detail>}
        <Detail term={m.category()}>{tellCategoryName(ticket.categoryName)}</Detail>
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
        <div className="relative w-full max-w-72 print:max-w-56">
          <div className={classNames(!isGood && 'opacity-15')}>
            <QrCode text={ticket.code} label={m.qr_label()} />
          </div>
          {!isGood && <Stamp ticket={ticket} />}
        </div>
        <div className="mt-5 flex w-full items-center justify-between gap-4">
          <div className="min-w-0">
            <div className="text-sm text-faint">{m.holder()}</div>
            <div className="font-semibold">{ticket.holderName}</div>
          </div>
          <TicketStateChip ticket={ticket} />
        </div>
        {ticket.movedFromMs !== null && isGood && (
          <p className="mt-4 w-full text-[0.9375rem] font-medium">
            {m.show_moved({ from: formatInstant(ticket.movedFromMs, zone) })}
          </p>
        )}
        {ticket.isCancelled && (
          <p className="mt-4 w-full text-[0.9375rem] font-medium">
            {ticket.state === 'VOID' ? m.cancelled_refunded() : m.cancelled_refund_coming()}
          </p>
        )}
        <p className="mt-4 w-full text-sm text-faint">{m.ticket_note({ number: ticket.ticketId })}</p>
      </div>
    </article>
  )
}

/** Over a code that opens no gate any more. The chip below says it to a screen reader. */
function Stamp({ ticket }: { ticket: Ticket }) {
  return (
    <span aria-hidden="true" className="absolute inset-0 grid place-items-center">
      <span
        className={classNames(
          '-rotate-12 rounded-lg border-4 bg-surface px-5 py-1.5 text-2xl font-extrabold',
          ticket.state === 'VOID' || ticket.isCancelled ? 'border-bad text-bad' : 'border-soft text-soft',
        )}
      >
        {ticketStateName(ticket)}
      </span>
    </span>
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
