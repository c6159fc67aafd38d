import { expect, test } from 'vitest'
import { checkHistory, historyOracles } from './history-oracles.ts'
import { listAsked } from './list-asked.ts'
import {
  type Case,
  at,
  bought,
  call,
  charge,
  chargeBy,
  enter,
  evening,
  final,
  hold,
  join,
  line,
  lostJoin,
  map,
  pay,
  reading,
  refund,
  refundedFinal,
  refused,
  status,
  taken,
  told,
  turns,
  unanswered,
  unansweredHold,
} from './testing/history-drafts.ts'

const broken: Case[] = [
  ['line-is-first-come-first-served', [join(1, 0, 2), join(2, 20, 1)]],
  ['line-is-first-come-first-served', [join(1, 0, 2), join(2, 20, 1, { place: at(900, 0) })]],
  ['line-lets-in-in-order', [join(1, 0, 1, { offerEndsMs: 999 }), join(2, 20, 2, { offerEndsMs: 500 })]],
  // what was lost long ago took no place that came after another one
  [
    'line-is-first-come-first-served',
    [lostJoin(1, 0), join(1, 200, 0, { place: at(0, 0) }), join(2, 300, 9), join(1, 900, 1)],
    { longestCallMs: 100 },
  ],
  [
    'line-is-first-come-first-served',
    [refused(join(1, 0, 0)), status(1, 200, 'none'), join(2, 300, 9), join(1, 900, 1)],
  ],
  [
    'line-is-first-come-first-served',
    [lostJoin(1, 0), status(1, 40, 'none'), join(2, 300, 9), join(1, 900, 1)],
    { quietAtMs: [30] },
  ],
  // inside at once, past those who wait
  [
    'line-lets-in-in-order',
    [
      join(1, 0, 1),
      join(2, 20, 2, { state: 'active', untilMs: 225 }),
      status(1, 4_000, 'waiting', { place: at(1) }),
    ],
    { turns },
  ],
  [
    'line-lets-in-in-order',
    [join(1, 0, 1, { offerEndsMs: 150 }), join(2, 20, 2, { state: 'active', untilMs: 225 })],
    { turns },
  ],
  ['line-lets-in-in-order', [join(1, 0, 1), join(2, 20, 2, { offerEndsMs: 500 }), join(1, 4_000, 1)]],
  // the loss is within the time to claim, when both had been let in
  [
    'line-lets-in-in-order',
    [join(1, 0, 1, { offerEndsMs: 150 }), join(2, 20, 2, { offerEndsMs: 90 })],
    { turns, redisLostAtMs: [120] },
  ],
  ['never-more-inside-than-there-is-room', [enter(1, 0), enter(2, 20)], { capacities: new Map([[1, 1]]) }],
  [
    'never-more-inside-than-there-is-room',
    [enter(1, 0), call(1, 20, { op: 'leave', ...line }, { outcome: 'refused' }), enter(2, 40)],
    { capacities: new Map([[1, 1]]) },
  ],
  // after a loss of Redis, too
  [
    'never-more-inside-than-there-is-room',
    [enter(1, 0), status(1, 40, 'active', { untilMs: 60_000 }), enter(2, 60)],
    { capacities: new Map([[1, 1]]), redisLostAtMs: [20] },
  ],
  [
    'never-more-inside-than-there-is-room',
    [join(1, 0, 1, { state: 'offered', offerEndsMs: 3_000 }), enter(2, 20)],
    { capacities: new Map([[1, 1]]) },
  ],
  ['shown-place-never-rises', [reading(1, 0, 4), reading(1, 20, 3), reading(1, 40, 4)]],
  ['shown-place-never-rises', [told(1, 0, 4), told(1, 20, 5)]],
  // more than may have come back: who asked since the loss, is behind, or has bought
  [
    'shown-place-never-rises',
    [join(2, 0, 1), pay(2, 15, 5), join(3, 0, 10), told(1, 40, 0), lostJoin(4, 45), told(1, 80, 1)],
    { redisLostAtMs: [30] },
  ],
  // a payment that was over when there was nobody ahead brings nobody back
  [
    'shown-place-never-rises',
    [join(2, 0, 1), told(1, 20, 0), pay(2, 40, 5), told(1, 100_000, 0), told(1, 200_000, 1)],
    { redisLostAtMs: [35] },
  ],
  [
    'shown-place-never-rises',
    [join(2, 0, 1), pay(2, 40, 5), told(1, 60, 0), told(1, 80, 1)],
    { redisLostAtMs: [35], quietAtMs: [55] },
  ],
  // what bought with a later place bought with this one, too
  [
    'shown-place-never-rises',
    [
      join(2, 0, 1),
      enter(2, 20, 60_000, { place: at(2) }),
      hold(2, 40, 5, { place: at(2) }),
      pay(2, 60, 5),
      told(1, 3_000, 0),
      told(1, 3_100, 1),
    ],
    { redisLostAtMs: [3_050] },
  ],
  ['one-live-entry-per-fan', [join(1, 0, 1), join(1, 20, 2), join(1, 40, 1)]],
  // Redis lost something, but not since this fan has a place
  [
    'one-live-entry-per-fan',
    [join(1, 40, 1), join(1, 60, 0, { place: at(3, 2) }), join(1, 80, 1)],
    { redisLostAtMs: [20] },
  ],
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
  // an unanswered call opens the door for a while, not for ever
  [
    'no-hold-without-a-live-pass',
    [unanswered(join(1, 0, 0, { state: undefined, place: undefined })), hold(1, 3_000, 5)],
    { turns, longestCallMs: 100 },
  ],
  [
    'no-hold-without-a-live-pass',
    [unanswered(enter(1, 0, undefined, { untilMs: undefined })), hold(1, 3_000, 5)],
    { turns, longestCallMs: 100 },
  ],
  [
    'no-hold-without-a-live-pass',
    [enter(1, 0), unanswered(enter(1, 5)), call(1, 200, { op: 'leave', ...line }), hold(1, 240, 5)],
    { longestCallMs: 100 },
  ],
  [
    'no-hold-without-a-live-pass',
    [unanswered(join(1, 0, 0, { state: undefined, place: undefined })), join(1, 200, 4), hold(1, 220, 5)],
    { longestCallMs: 100 },
  ],
  [
    'no-hold-without-a-live-pass',
    [unanswered(enter(1, 0)), status(1, 200, 'none'), hold(1, 220, 5)],
    { longestCallMs: 100 },
  ],
  [
    'no-hold-without-a-live-pass',
    [join(1, 0, 1, { state: 'offered', offerEndsMs: 50 }), hold(1, 3_000, 5)],
    { turns },
  ],
  [
    'no-hold-without-a-live-pass',
    [enter(1, 0, undefined, { untilMs: undefined }), hold(1, 3_000, 5)],
    { turns },
  ],
  ['no-hold-without-a-live-pass', [enter(1, 0, 60_000, { place: at(2) }), hold(1, 20, 5, { place: at(1) })]],
  [
    'no-hold-without-a-live-pass',
    [enter(1, 0, 1_000), unansweredHold(1, 2_900, 'k'), hold(1, 4_900, 5, { key: 'k' })],
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
  // the key is there, and the money is not
  ['acknowledged-is-kept', evening, { final: { ...final, charges: [] } }],
  ['acknowledged-is-kept', evening, { final: { ...final, charges: [{ fanId: 1, amountMinor: 90 }] } }],
  [
    'acknowledged-is-kept',
    [...evening, chargeBy('more', 100)],
    { final: { ...final, keys: [...final.keys, { fanId: 1, key: 'more', command: 'charge' }] } },
  ],
  [
    'acknowledged-is-kept',
    [...evening, refund(1, 200, 5, { amountMinor: 500 })],
    { final: { ...refundedFinal, refunds: [] } },
  ],
  ['acknowledged-is-kept', [...evening, refund(1, 200, 5, { amountMinor: 400 })], { final: refundedFinal }],
  [
    'acknowledged-is-kept',
    [...evening, refund(1, 200, 5, { amountMinor: 500 })],
    { final: { ...refundedFinal, refunds: [{ fanId: 2, reservationId: 5, amountMinor: 500 }] } },
  ],
  [
    'acknowledged-is-kept',
    [...evening, hold(1, 65, 6, { seatIds: [76], untilMs: 400 })],
    { final: { ...final, reservations: [bought, { ...taken(6), endedAtMs: 350 }] } },
  ],
  [
    'no-effect-without-a-call',
    [charge, charge, ...evening],
    { final: { ...final, charges: [...(final.charges ?? []), { fanId: 1, amountMinor: 900 }] } },
  ],
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
  [
    'no-effect-without-a-call',
    [charge, enter(1, 40), unansweredHold(1, 50, 'k'), hold(1, 60, 5, { key: 'k' }), pay(1, 80, 5)],
    { final: { ...final, reservations: [bought, taken(6)] } },
  ],
  [
    'no-effect-without-a-call',
    [...evening, unansweredHold(1, 200, 'k'), unansweredHold(1, 220, 'k'), unansweredHold(1, 240, 'k')],
    { final: { ...final, reservations: [bought, taken(6), taken(7)] } },
  ],
]

test.for(broken)('%s finds its fault', ([oracle, history, facts]) => {
  expect(checkHistory(history, facts).map((violation) => violation.oracle)).toContain(oracle)
})

test.for(broken)('%s is among those that were asked', ([oracle, history, facts]) => {
  expect(listAsked(history, facts)).toContain(oracle)
})

test('what cannot find anything was not asked', () => {
  expect(listAsked([])).toEqual([])
  const { reservations, payments } = final
  const asked = listAsked(evening, { final: { reservations, payments, shows: [] } })
  expect(historyOracles.flatMap(({ names }) => names.filter((name) => !asked.includes(name)))).toEqual([
    'line-lets-in-in-order',
    'never-more-inside-than-there-is-room',
    'shown-place-never-rises',
    'every-map-is-the-database',
    'refused-has-no-effect',
  ])
  const drawn = evening.map((event) => (event.op === 'join' ? { ...event, isLottery: true } : event))
  expect(listAsked(drawn)).not.toContain('line-is-first-come-first-served')
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
