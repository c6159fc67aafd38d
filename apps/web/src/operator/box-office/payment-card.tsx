import type { PaymentDetails, PaymentId, SoldReservation } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../data/api.ts'
import { Notice } from '../../design/notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { m } from '../../paraglide/messages.js'
import { ReservationStateChip } from '../../reservations/reservation-state-chip.tsx'
import { formatInstant } from '../../text/instants.ts'
import { currentLocale, told } from '../../text/locale.ts'
import { tellMoney } from '../../text/money.ts'
import { tellSeat } from '../../text/seats.ts'
import { tellFailure } from '../../text/tell-failure.ts'
import { TicketStateChip } from '../../tickets/ticket-state-chip.tsx'
import { tellWhen } from '../tell-when.ts'
import { RefundForm } from './refund-form.tsx'

/** A payment whole: whose, which seats, what became of each; and the way to give it back. */
export function PaymentCard({ paymentId }: { paymentId: PaymentId }) {
  const query = useQuery({ ...api.boxOffice.payment.queryOptions({ paymentId }), refetchInterval: 10_000 })
  const payment = query.data
  const failure = tellFailure(query.error)
  if (failure !== undefined && payment === undefined) return <Notice tone="bad">{failure}</Notice>
  if (payment === undefined) return <Skeleton className="h-72 rounded-panel" />
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.payment_number({ number: paymentId })}</h2>
      <p className="mt-1 break-words">
        <span className="font-semibold">{payment.fanName}</span>{' '}
        <span className="text-soft">{payment.fanEmail}</span>
      </p>
      <p className="text-soft">
        {told(payment.concertTitle)} · {told(payment.venue)}
      </p>
      <p className="text-soft">
        {tellMoney(payment.amountMinor, payment.currency)} ·{' '}
        {m.payment_paid_at({ when: tellWhen(payment.paidAtMs) })}
        {payment.refundedMinor > 0 && (
          <>
            {' · '}
            {m.payment_refunded_part({ amount: tellMoney(payment.refundedMinor, payment.currency) })}
          </>
        )}
      </p>
      <ul className="mt-4 divide-y divide-rule/60 border-y border-rule/60">
        {payment.reservations.map((reservation) => (
          <SoldRow key={reservation.reservationId} reservation={reservation} payment={payment} />
        ))}
      </ul>
      {/* begins anew when something was given back */}
      <RefundForm key={payment.refundedMinor} payment={payment} />
    </Panel>
  )
}

function SoldRow({ reservation, payment }: { reservation: SoldReservation; payment: PaymentDetails }) {
  const zone = { locale: currentLocale(), timeZone: payment.timeZone }
  return (
    <li className="py-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-semibold">
          {m.payment_reservation({ number: reservation.reservationId })} ·{' '}
          {tellMoney(reservation.amountMinor, payment.currency)}
        </span>
        <ReservationStateChip state={reservation.state} />
      </div>
      <p className="text-sm text-soft">
        {formatInstant(reservation.startsAtMs, zone)}
        {reservation.isCancelled && ` · ${m.show_cancelled_chip()}`}
        {reservation.state === 'REFUNDED' &&
          reservation.endedAtMs !== null &&
          ` · ${m.state_refunded()} ${tellWhen(reservation.endedAtMs)}`}
      </p>
      <ul className="mt-2 grid gap-1.5">
        {reservation.tickets.map((ticket) => (
          <li key={ticket.ticketId} className="flex flex-wrap items-center justify-between gap-2">
            <span>
              {tellSeat(ticket)}
              {ticket.usedAtMs !== null && (
                <span className="text-sm text-soft">
                  {' · '}
                  {m.payment_ticket_used({ when: tellWhen(ticket.usedAtMs) })}
                </span>
              )}
            </span>
            <TicketStateChip ticket={{ state: ticket.state, isCancelled: false }} />
          </li>
        ))}
      </ul>
    </li>
  )
}
