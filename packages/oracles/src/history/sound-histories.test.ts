import { expect, test } from 'vitest'
import { checkHistory } from './history-oracles.ts'
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

const sound: Case[] = [
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
    'places of fans inside that came back, and bought before the line heard of it',
    [join(2, 0, 1), told(1, 20, 0), pay(2, 40, 5), told(1, 60, 1)],
    { redisLostAtMs: [35] },
  ],
  [
    'a place taken by a join without an answer, long before its fan asks again',
    [unanswered(join(1, 0, 0)), join(2, 200, 9), join(1, 900, 1)],
    { longestCallMs: 100 },
  ],
  [
    'a place that came back with a Redis that forgot the next one',
    [lostJoin(1, 0), join(1, 200, 0, { place: at(2, 0) }), join(2, 300, 9), join(1, 900, 1)],
    { longestCallMs: 100, redisLostAtMs: [250] },
  ],
  [
    'an own place elsewhere, told by a call that began before the lost one was over',
    [lostJoin(1, 0), join(1, 90, 0, { place: at(2, 0) }), join(2, 200, 9), join(1, 900, 1)],
    { longestCallMs: 100 },
  ],
  [
    'inside at once when those ahead had been let in, their answers still to come',
    [
      join(1, 0, 1, { offerEndsMs: 80 }),
      join(2, 40, 2, { state: 'active', untilMs: 245 }),
      enter(1, 60, 265, { place: at(1) }),
    ],
    { turns },
  ],
  [
    'inside by the pass that Redis lost, and those ahead coming late',
    [
      join(1, 0, 1),
      join(2, 20, 2, { state: 'active', untilMs: 225 }),
      status(1, 4_000, 'waiting', { place: at(1) }),
    ],
    { turns, redisLostAtMs: [15] },
  ],
  [
    'an offer that lapsed, whose place came back under a call during which Redis forgot that',
    [
      join(1, 0, 1, { offerEndsMs: 60 }),
      join(2, 20, 2, { offerEndsMs: 500 }),
      { ...join(1, 4_000, 1, { offerEndsMs: 9_000 }), endMs: 4_100 },
    ],
    { turns, redisLostAtMs: [4_050] },
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
  [
    'the next one in when the pass has ended by a clock that is behind',
    [enter(1, 0, 1_500), enter(2, 1_100)],
    { capacities: new Map([[1, 1]]) },
  ],
  ['a place that falls', [reading(1, 0, 9), reading(1, 20, 4), reading(1, 40, 4)]],
  [
    'those ahead coming back after Redis lost them',
    [reading(1, 0, 2), reading(1, 40, 9)],
    { redisLostAtMs: [20] },
  ],
  [
    'those ahead coming back after Redis lost them, also to who reads after the loss alone',
    [join(2, 0, 1), lostJoin(3, 5), told(1, 40, 0), join(2, 60, 1), told(1, 80, 1), told(1, 100, 2)],
    { redisLostAtMs: [20] },
  ],
  [
    'a place that came back, whose fan paid meanwhile for what another place had held',
    [
      join(2, 0, 1, { state: 'active', untilMs: 60_000 }),
      hold(2, 20, 5, { place: at(1) }),
      join(2, 40, 2),
      pay(2, 60, 5),
      told(1, 80, 0),
      told(1, 120, 1),
    ],
    { redisLostAtMs: [100] },
  ],
  [
    'a place that bought a moment before Redis forgot that its fan had gone in',
    [join(2, 0, 1), told(1, 20, 0), pay(2, 40, 5), told(1, 80, 1)],
    { redisLostAtMs: [60] },
  ],
  [
    'a place taken after a payment whose first answer was lost, and which came back',
    [unanswered(pay(2, 0, 5)), join(2, 20, 1), pay(2, 40, 5), told(1, 60, 0), told(1, 100, 1)],
    { redisLostAtMs: [80] },
  ],
  ['another place after leaving', [join(1, 0, 1), call(1, 20, { op: 'leave', ...line }), join(1, 40, 2)]],
  [
    'a place that Redis lost, shown by a device that comes late',
    [join(1, 0, 1), join(1, 40, 0, { place: at(3, 2) }), join(1, 60, 1)],
    { redisLostAtMs: [20] },
  ],
  [
    'a place that was left, and whose leaving Redis lost, shown by a device that kept its receipt',
    [
      join(1, 0, 1),
      call(1, 20, { op: 'leave', ...line }),
      join(1, 40, 2),
      status(1, 80, 'waiting', { place: at(2) }),
      join(1, 100, 1),
    ],
    { redisLostAtMs: [60] },
  ],
  [
    'those who come back late to a room that Redis lost, when others have gone again',
    [
      join(1, 0, 1, { state: 'active', untilMs: 60_000 }),
      join(2, 40, 2, { state: 'active', untilMs: 50_000 }),
      pay(2, 60, 6),
      join(1, 80, 1, { state: 'active', untilMs: 60_000 }),
    ],
    { capacities: new Map([[1, 1]]), redisLostAtMs: [20] },
  ],
  [
    'a fan whom Redis has lost, holding by Postgres while another has the slot',
    [
      join(1, 0, 1, { state: 'active', untilMs: 60_000 }),
      join(2, 40, 2, { state: 'active', untilMs: 50_000 }),
      hold(1, 60, 5, { place: at(1) }),
    ],
    { capacities: new Map([[1, 1]]), redisLostAtMs: [20] },
  ],
  [
    'an offer that lapsed, and the next one',
    [join(1, 0, 1, { state: 'offered', offerEndsMs: 25 }), status(2, 30, 'offered', { untilMs: 90 })],
    { capacities: new Map([[1, 1]]) },
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
    'a hold by a pass that the answer was lost of',
    [join(1, 0, 1), unanswered(enter(1, 20, undefined, { untilMs: undefined })), hold(1, 300, 5)],
    { turns, longestCallMs: 100 },
  ],
  [
    'a hold by an offer, claimed by it at the last moment and held by again',
    [join(1, 0, 1, { state: 'offered', offerEndsMs: 50 }), hold(1, 45, 5), hold(1, 240, 6)],
    { turns },
  ],
  [
    'a hold asked for in time, and answered by a repeat when the pass had ended',
    [
      enter(1, 0, 1_000),
      unansweredHold(1, 900, 'k'),
      unansweredHold(1, 2_900, 'k'),
      hold(1, 4_900, 5, { key: 'k' }),
    ],
  ],
  [
    'a pass that Redis lost, whose fan waits and goes on by Postgres while Redis is away',
    [enter(1, 0, 900, { place: at(1) }), join(1, 40, 1), hold(1, 60, 5, { place: at(1) })],
    { redisLostAtMs: [20] },
  ],
  [
    'let in, told to wait by a device that asked before, and holding',
    [enter(1, 20), { ...join(1, 0, 1), endMs: 45 }, hold(1, 60, 5)],
  ],
  [
    'a payment without an answer, done',
    [charge, enter(1, 40), hold(1, 60, 5), unanswered(pay(1, 80, 5, { paymentId: undefined }))],
    { final },
  ],
  [
    'a hold without an answer, whose repeat by its key names what the first one took',
    [charge, enter(1, 40), unansweredHold(1, 50, 'k'), hold(1, 60, 5, { key: 'k' }), pay(1, 80, 5)],
    { final },
  ],
  [
    'two wishes without an answer, both of which took seats',
    [...evening.slice(0, 3), unansweredHold(1, 50, 'k'), unansweredHold(1, 65, 'l'), ...evening.slice(3)],
    { final: { ...final, reservations: [bought, taken(6), taken(7)] } },
  ],
  [
    'holds without a key and without an answer, each of which took seats',
    [...evening.slice(0, 3), unansweredHold(1, 45), unansweredHold(1, 50), ...evening.slice(3)],
    { final: { ...final, reservations: [bought, taken(6), taken(7)] } },
  ],
  [
    'a charge repeated with its key, one without an answer that was done, and one that was not',
    [
      charge,
      charge,
      ...evening.slice(1),
      unanswered(chargeBy('more', 100)),
      unanswered(chargeBy('most', 120)),
    ],
    { final: { ...final, charges: [...(final.charges ?? []), { fanId: 1, amountMinor: 900 }] } },
  ],
  [
    'a refund, and its money',
    [...evening, refund(1, 200, 5, { amountMinor: 500 })],
    { final: refundedFinal },
  ],
  [
    'a refund of what cost nothing',
    [charge, join(1, 20, 3), enter(1, 40), hold(1, 60, 5), refund(1, 200, 5, { amountMinor: 0 })],
    { final: { ...refundedFinal, payments: [], refunds: [] } },
  ],
  [
    'a hold that expired when it was to, told in whole milliseconds',
    [...evening, hold(1, 65, 6, { seatIds: [76], untilMs: 400 })],
    { final: { ...final, reservations: [bought, { ...taken(6), endedAtMs: 399.4 }] } },
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
