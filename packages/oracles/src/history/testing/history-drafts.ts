import type {
  FinalReservation,
  FinalState,
  HistoryEvent,
  HistoryFacts,
  PlaceEvent,
} from '../history-event.ts'

type Draft<Event> = Event extends HistoryEvent
  ? Omit<Event, 'actor' | 'fanId' | 'outcome' | 'startMs' | 'endMs'>
  : never

/** A call of one fan that took 10 ms and went well, unless it says otherwise. */
export function call(
  fanId: number,
  startMs: number,
  event: Draft<HistoryEvent>,
  more: Partial<Pick<HistoryEvent, 'outcome' | 'endMs' | 'code'>> = {},
): HistoryEvent {
  return {
    actor: fanId,
    fanId,
    startMs,
    endMs: startMs + 10,
    outcome: 'ok',
    ...event,
    ...more,
  }
}

export const line = { concertId: 1 }
export const at = (seq: number, epoch = 1) => ({ epoch, seq })
export const join = (fanId: number, startMs: number, seq: number, more: object = {}) =>
  call(fanId, startMs, { op: 'join', ...line, state: 'waiting', place: at(seq), ...more })
export const enter = (fanId: number, startMs: number, untilMs = startMs + 60_000, more: object = {}) =>
  call(fanId, startMs, { op: 'enter', ...line, untilMs, ...more })
export const hold = (fanId: number, startMs: number, reservationId: number, more: object = {}) =>
  call(fanId, startMs, { op: 'hold', ...line, showId: 7, seatIds: [70], reservationId, ...more })
export const pay = (fanId: number, startMs: number, reservationId: number, more: object = {}) =>
  call(fanId, startMs, {
    op: 'pay',
    ...line,
    reservationIds: [reservationId],
    key: `key ${reservationId}`,
    paymentId: reservationId + 1_000,
    amountMinor: 500,
    ...more,
  })
export const unanswered = (event: HistoryEvent): HistoryEvent => ({ ...event, outcome: 'unknown' })
export const refused = (event: HistoryEvent): HistoryEvent => ({
  ...event,
  outcome: 'refused',
  code: 'REFUSED',
})
export const reading = (fanId: number, startMs: number, ahead: number) =>
  call(fanId, startMs, { op: 'place', ...line, place: at(9), ahead })
/** What the server says of the own place. */
export const status = (
  fanId: number,
  startMs: number,
  state: NonNullable<PlaceEvent['state']>,
  more: object = {},
) => call(fanId, startMs, { op: 'place', ...line, state, ...more })
export const told = (fanId: number, startMs: number, ahead: number) =>
  status(fanId, startMs, 'waiting', { place: at(9), ahead })
export const turns = { claimWindowMs: 50, passTtlMs: 200 }
export const chargeBy = (key: string, startMs: number) =>
  call(1, startMs, { op: 'charge', key, amountMinor: 900 })
export const charge = chargeBy('money', 5)
export const refund = (fanId: number, startMs: number, reservationId: number, more: object = {}) =>
  call(fanId, startMs, { op: 'refund', reservationId, key: `refund ${reservationId}`, ...more })
export const map = (statuses: ('available' | 'held' | 'sold')[]) =>
  call(1, 900, { op: 'map', showId: 7, statuses })

export const bought: FinalReservation = {
  reservationId: 5,
  showId: 7,
  fanId: 1,
  seatIds: [70],
  state: 'PAID',
}
export const final: FinalState & Required<Pick<FinalState, 'keys'>> = {
  reservations: [bought],
  payments: [{ paymentId: 1_005, fanId: 1, reservationIds: [5], amountMinor: 500 }],
  keys: [
    { fanId: 1, key: 'money', command: 'charge' },
    { fanId: 1, key: 'key 5', command: 'pay' },
  ],
  charges: [{ fanId: 1, amountMinor: 900 }],
  refunds: [],
  shows: [{ showId: 7, statuses: ['sold', 'available'] }],
}
export const refundedFinal: FinalState = {
  ...final,
  reservations: [{ ...bought, state: 'REFUNDED', endedAtMs: 205 }],
  keys: [...final.keys, { fanId: 1, key: 'refund 5', command: 'refund' }],
  refunds: [{ fanId: 1, reservationId: 5, amountMinor: 500 }],
}
export const taken = (reservationId: number): FinalReservation => ({
  ...bought,
  reservationId,
  seatIds: [reservationId + 70],
  state: 'EXPIRED',
})
export const unansweredHold = (fanId: number, startMs: number, key?: string) =>
  unanswered(hold(fanId, startMs, 0, { reservationId: undefined, ...(key === undefined ? {} : { key }) }))
export const lostJoin = (fanId: number, startMs: number) =>
  unanswered(call(fanId, startMs, { op: 'join', ...line }))
export const evening = [charge, join(1, 20, 3), enter(1, 40), hold(1, 60, 5), pay(1, 80, 5)]

/** What it shows, the calls, and what is known besides them. */
export type Case = [name: string, history: HistoryEvent[], facts?: HistoryFacts]
