import { expect, test } from 'vitest'
import type { FinalReservation, FinalState, HistoryEvent, HistoryFacts } from './history-event.ts'
import { checkHistory, historyOracles } from './history-oracles.ts'

type Draft<Event> = Event extends HistoryEvent
  ? Omit<Event, 'actor' | 'fanId' | 'outcome' | 'startMs' | 'endMs'>
  : never

/** A call of one fan that took 10 ms and went well, unless it says otherwise. */
function call(
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

const line = { concertId: 1 }
const at = (seq: number, epoch = 1) => ({ epoch, seq })
const join = (fanId: number, startMs: number, seq: number, more: object = {}) =>
  call(fanId, startMs, { op: 'join', ...line, state: 'waiting', place: at(seq), ...more })
const enter = (fanId: number, startMs: number, untilMs = startMs + 60_000, more: object = {}) =>
  call(fanId, startMs, { op: 'enter', ...line, untilMs, ...more })
const hold = (fanId: number, startMs: number, reservationId: number, more: object = {}) =>
  call(fanId, startMs, { op: 'hold', ...line, showId: 7, seatIds: [70], reservationId, ...more })
const pay = (fanId: number, startMs: number, reservationId: number, more: object = {}) =>
  call(fanId, startMs, {
    op: 'pay',
    ...line,
    reservationIds: [reservationId],
    key: `key ${reservationId}`,
    paymentId: reservationId + 1_000,
    amountMinor: 500,
    ...more,
  })
const unanswered = (event: HistoryEvent): HistoryEvent => ({ ...event, outcome: 'unknown' })
const refused = (event: HistoryEvent): HistoryEvent => ({ ...event, outcome: 'refused', code: 'REFUSED' })
const reading = (fanId: number, startMs: number, ahead: number) =>
  call(fanId, startMs, { op: 'place', ...line, place: at(9), ahead })
const charge: HistoryEvent = call(1, 5, { op: 'charge', key: 'money', amountMinor: 900 })
const refund = (fanId: number, startMs: number, reservationId: number) =>
  call(fanId, startMs, { op: 'refund', reservationId, key: `refund ${reservationId}` })
const map = (statuses: ('available' | 'held' | 'sold')[]) => call(1, 900, { op: 'map', showId: 7, statuses })

const bought: FinalReservation = { reservationId: 5, showId: 7, fanId: 1, seatIds: [70], state: 'PAID' }
const final: FinalState = {
  reservations: [bought],
  payments: [{ paymentId: 1_005, fanId: 1, reservationIds: [5], amountMinor: 500 }],
  keys: [
    { fanId: 1, key: 'money', command: 'charge' },
    { fanId: 1, key: 'key 5', command: 'pay' },
  ],
  shows: [{ showId: 7, statuses: ['sold', 'available'] }],
}
const evening = [charge, join(1, 20, 3), enter(1, 40), hold(1, 60, 5), pay(1, 80, 5)]

const sound: [what: string, history: HistoryEvent[], facts?: HistoryFacts][] = [
  ['an evening from the line to the ticket', [...evening, map(['sold', 'available'])], { final }],
  ['joins that overlap in time, in either order', [join(1, 0, 2), join(2, 5, 1)]],
  [
    'a join without an answer whose place a repeat tells',
    [unanswered(join(1, 0, 0)), join(2, 20, 2), join(1, 40, 1)],
  ],
  [
    'a place that one device reads before the other, which took it, has its answer',
    [{ ...refused(join(1, 0, 0)), endMs: 100 }, reading(1, 5, 1), join(2, 20, 12), join(1, 120, 9)],
  ],
  [
    'a payment told again after the fan went in anew',
    [enter(1, 0), hold(1, 20, 5), pay(1, 40, 5), enter(1, 60), pay(1, 80, 5), hold(1, 100, 6)],
  ],
  ['a lottery', [join(1, 0, 9, { isLottery: true }), join(2, 20, 3, { isLottery: true })]],
  ['fans let in together', [join(1, 0, 1, { offerEndsMs: 99 }), join(2, 20, 2, { offerEndsMs: 99 })]],
  [
    'a fan who was ahead and came back late to a line that Redis lost',
    [join(1, 0, 1, { offerEndsMs: 999 }), join(2, 20, 2, { offerEndsMs: 500 })],
    { redisLostAtMs: [300] },
  ],
  [
    'one in, one out, one in',
    [enter(1, 0), call(1, 20, { op: 'leave', ...line }), enter(2, 40)],
    { capacities: new Map([[1, 1]]) },
  ],
  [
    'the next one in when the pass has ended',
    [enter(1, 0, 30), enter(2, 40)],
    { capacities: new Map([[1, 1]]) },
  ],
  ['a place that falls', [reading(1, 0, 9), reading(1, 20, 4), reading(1, 40, 4)]],
  [
    'those ahead coming back after Redis lost them',
    [reading(1, 0, 2), reading(1, 40, 9)],
    { redisLostAtMs: [20] },
  ],
  ['another place after leaving', [join(1, 0, 1), call(1, 20, { op: 'leave', ...line }), join(1, 40, 2)]],
  [
    'a place that Redis lost, shown by a device that comes late',
    [join(1, 0, 1), join(1, 40, 0, { place: at(3, 2) }), join(1, 60, 1)],
    { redisLostAtMs: [20] },
  ],
  ['a hold with an offer that was claimed by it', [join(1, 0, 1, { state: 'offered' }), hold(1, 20, 5)]],
  [
    'the same hold again by its key, after the payment',
    [enter(1, 0), hold(1, 20, 5, { key: 'k' }), pay(1, 40, 5), hold(1, 60, 5, { key: 'k' })],
  ],
  [
    'a seat sold again after a refund',
    [
      enter(1, 0),
      hold(1, 20, 5),
      pay(1, 40, 5),
      refund(1, 60, 5),
      enter(2, 80),
      hold(2, 100, 6),
      pay(2, 120, 6),
    ],
  ],
  [
    'a place that is called active once more after its payment, before Redis has heard of it',
    [
      enter(1, 0, 60_000, { place: at(1) }),
      pay(1, 20, 5),
      join(1, 40, 1, { state: 'active', untilMs: 60_000 }),
      enter(2, 60),
    ],
    { capacities: new Map([[1, 1]]) },
  ],
  [
    'a second turn, with a place of its own',
    [
      enter(1, 0),
      hold(1, 20, 5, { place: at(1, 7) }),
      pay(1, 40, 5),
      enter(1, 50),
      hold(1, 60, 6, { place: at(1, 8) }),
    ],
  ],
  [
    'a payment without an answer, done',
    [charge, enter(1, 40), hold(1, 60, 5), unanswered(pay(1, 80, 5, { paymentId: undefined }))],
    { final },
  ],
  [
    'a payment without an answer, not done',
    [charge, enter(1, 40), hold(1, 60, 5), unanswered(pay(1, 80, 5))],
    {
      final: {
        ...final,
        payments: [],
        reservations: [{ ...bought, state: 'EXPIRED' }],
        keys: final.keys.slice(0, 1),
      },
    },
  ],
]

test.for(sound)('is sound: %s', ([, history, facts]) => {
  expect(checkHistory(history, facts)).toEqual([])
})

const broken: [oracle: string, history: HistoryEvent[], facts?: HistoryFacts][] = [
  ['line-is-first-come-first-served', [join(1, 0, 2), join(2, 20, 1)]],
  ['line-is-first-come-first-served', [join(1, 0, 2), join(2, 20, 1, { place: at(900, 0) })]],
  ['line-lets-in-in-order', [join(1, 0, 1, { offerEndsMs: 999 }), join(2, 20, 2, { offerEndsMs: 500 })]],
  ['never-more-inside-than-there-is-room', [enter(1, 0), enter(2, 20)], { capacities: new Map([[1, 1]]) }],
  [
    'never-more-inside-than-there-is-room',
    [enter(1, 0), call(1, 20, { op: 'leave', ...line }, { outcome: 'refused' }), enter(2, 40)],
    { capacities: new Map([[1, 1]]) },
  ],
  ['shown-place-never-rises', [reading(1, 0, 4), reading(1, 20, 3), reading(1, 40, 4)]],
  ['one-live-entry-per-fan', [join(1, 0, 1), join(1, 20, 2), join(1, 40, 1)]],
  ['no-place-is-given-twice', [join(1, 0, 1), join(2, 0, 1)]],
  ['no-hold-without-a-live-pass', [hold(1, 20, 5)]],
  ['no-hold-without-a-live-pass', [enter(2, 0), hold(1, 20, 5)]],
  ['no-hold-without-a-live-pass', [join(1, 0, 1), hold(1, 20, 5)]],
  ['no-hold-without-a-live-pass', [enter(1, 0), call(1, 20, { op: 'leave', ...line }), hold(1, 40, 5)]],
  ['no-hold-without-a-live-pass', [enter(1, 0), hold(1, 20, 5), pay(1, 40, 5), hold(1, 60, 6)]],
  ['no-hold-without-a-live-pass', [enter(1, 0, 1_000), hold(1, 3_000, 5)]],
  [
    'no-hold-without-a-live-pass',
    [
      enter(1, 0),
      hold(1, 20, 5, { place: at(1, 7) }),
      pay(1, 40, 5),
      enter(1, 50),
      hold(1, 60, 6, { place: at(1, 7) }),
    ],
  ],
  ['one-effect-per-key', [enter(1, 0), pay(1, 20, 5), pay(1, 40, 5, { paymentId: 9 })]],
  ['one-effect-per-key', [enter(1, 0), pay(1, 20, 5), pay(1, 40, 5, { key: 'another' })]],
  ['one-effect-per-key', [enter(1, 0), hold(1, 20, 5, { key: 'k' }), hold(1, 40, 6, { key: 'k' })]],
  [
    'no-seat-is-sold-twice',
    [enter(1, 0), hold(1, 20, 5), pay(1, 40, 5), enter(2, 80), hold(2, 100, 6), pay(2, 120, 6)],
  ],
  [
    'no-seat-is-sold-twice',
    [
      enter(1, 0),
      hold(1, 20, 5),
      pay(1, 40, 5),
      enter(2, 80),
      hold(2, 100, 6),
      pay(2, 120, 6),
      refund(1, 200, 5),
    ],
  ],
  ['every-map-is-the-database', [map(['sold', 'held'])], { final }],
  ['every-map-is-the-database', [map(['sold'])], { final }],
  ['acknowledged-is-kept', evening, { final: { ...final, payments: [] } }],
  [
    'acknowledged-is-kept',
    evening,
    {
      final: { ...final, payments: [{ paymentId: 1_005, fanId: 2, reservationIds: [5], amountMinor: 500 }] },
    },
  ],
  [
    'acknowledged-is-kept',
    evening,
    { final: { ...final, payments: [{ paymentId: 1_005, fanId: 1, reservationIds: [5], amountMinor: 1 }] } },
  ],
  [
    'acknowledged-is-kept',
    evening,
    { final: { ...final, reservations: [{ ...bought, state: 'REFUNDED' }] } },
  ],
  ['acknowledged-is-kept', evening, { final: { ...final, reservations: [{ ...bought, seatIds: [71] }] } }],
  ['acknowledged-is-kept', evening, { final: { ...final, keys: final.keys.slice(1) } }],
  ['acknowledged-is-kept', [...evening, refund(1, 200, 5)], { final }],
  [
    'acknowledged-is-kept',
    [enter(1, 0), hold(1, 20, 5), call(1, 40, { op: 'release', reservationId: 5 })],
    { final: { ...final, payments: [], reservations: [{ ...bought, state: 'HELD' }] } },
  ],
  ['refused-has-no-effect', [...evening.slice(1), refused(charge)], { final }],
  ['refused-has-no-effect', [charge, ...evening.slice(1, 4), refused(pay(1, 80, 5))], { final }],
  ['no-effect-without-a-call', evening.slice(0, 4), { final }],
  ['no-effect-without-a-call', [charge, enter(1, 40), pay(1, 80, 5)], { final }],
  [
    'no-effect-without-a-call',
    evening,
    { final: { ...final, reservations: [bought, { ...bought, reservationId: 6 }] } },
  ],
  [
    'no-effect-without-a-call',
    evening,
    { final: { ...final, reservations: [{ ...bought, state: 'REFUNDED' }] } },
  ],
]

test.for(broken)('%s finds its fault', ([oracle, history, facts]) => {
  expect(checkHistory(history, facts).map((violation) => violation.oracle)).toContain(oracle)
})

test('every check has a fault that it must find', () => {
  const found = new Set(broken.map(([oracle]) => oracle))
  expect(historyOracles.flatMap(({ names }) => names.filter((name) => !found.has(name)))).toEqual([])
})

test('what the oracles say is a sentence, and no two have one name', () => {
  const names = historyOracles.flatMap((oracle) => oracle.names)
  expect(new Set(names).size).toBe(names.length)
  for (const { says } of historyOracles) expect(says).toMatch(/^[A-Z].+\.$/)
})
