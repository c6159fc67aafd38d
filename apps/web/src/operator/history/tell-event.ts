import type { LineMove, TimelineEvent } from '@greenroom/contract'
import { m } from '../../paraglide/messages.js'
import { tellMoney } from '../../text/money.ts'
import { tellSeat, tellSeats } from '../../text/seats.ts'
import { tellWhen } from '../tell-when.ts'

type OfReservation = Extract<TimelineEvent, { seats: unknown }>
type SeatSince = Extract<TimelineEvent, { since: unknown }>['since'][number]

const moves: Record<LineMove, () => string> = {
  joined: m.move_joined,
  drawn: m.move_drawn,
  offered: m.move_offered,
  staff: m.move_staff,
  entered: m.move_entered,
  missed: m.move_missed,
  ended: m.move_ended,
  left: m.move_left,
}
const fates = {
  othersAtOnce: m.fate_others_at_once,
  othersLater: m.fate_others_later,
  own: m.fate_own,
  free: m.fate_free,
  blocked: m.fate_blocked,
} as const
const moneyKinds = { charge: m.money_charge, payment: m.money_payment, refund: m.money_refund } as const

/** One thing that happened, in a sentence. */
export function tellEvent(event: TimelineEvent): string {
  switch (event.what) {
    case 'signedUp':
      return m.event_signed_up()
    case 'line':
      return event.isFromNote ? m.move_entered_note() : moves[event.move]()
    case 'held':
      return m.event_held({ ...reservationWords(event), until: tellWhen(event.heldUntilMs) })
    case 'expired':
      return m.event_expired({ ...reservationWords(event), until: tellWhen(event.heldUntilMs) })
    case 'released':
      return m.event_released(reservationWords(event))
    case 'paid':
      return m.event_paid({
        ...reservationWords(event),
        amount: tellMoney(event.amountMinor, event.currency),
      })
    case 'refunded':
      return m.event_refunded({
        ...reservationWords(event),
        amount: tellMoney(event.amountMinor, event.currency),
      })
    case 'money':
      return moneyKinds[event.kind]({
        amount: tellMoney(event.amountMinor, event.currency),
        balance: tellMoney(event.balanceAfterMinor, event.currency),
      })
    case 'ticketIssued':
      return m.event_ticket_issued({ id: event.ticketId, seat: tellSeat(event.seat) })
    case 'ticketUsed':
      return m.event_ticket_used({ id: event.ticketId, seat: tellSeat(event.seat) })
  }
}

/** What has become of a seat that was lost. */
export function tellSince({ fate, atMs, ...seat }: SeatSince): string {
  return fates[fate]({ seat: tellSeat(seat), when: atMs === null ? '' : tellWhen(atMs) })
}

function reservationWords({ reservationId, seats }: OfReservation): { id: number; seats: string } {
  return { id: reservationId, seats: tellSeats(seats).join('; ') }
}
