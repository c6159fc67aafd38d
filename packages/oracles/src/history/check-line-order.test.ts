import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkAdmissionOrder, checkJoinOrder } from './check-line-order.ts'
import type { HistoryEvent, JoinEvent } from './history-event.ts'

let nextFan = 1

const join = (seq: number, startMs: number, endMs: number, offerEndsMs?: number): JoinEvent => {
  const fanId = nextFan++
  return {
    op: 'join',
    actor: fanId,
    fanId,
    concertId: 1,
    startMs,
    endMs,
    outcome: 'ok',
    place: { epoch: 1, seq },
    ...(offerEndsMs === undefined ? {} : { offerEndsMs }),
  }
}

test('joins that overlap in time may come out in either order', () => {
  expect(checkJoinOrder([join(2, 0, 10), join(1, 5, 15)])).toEqual([])
})

test('whoever asked after another had their answer is behind them, or it is told', () => {
  expect(checkJoinOrder([join(1, 0, 10), join(2, 11, 20)])).toEqual([])
  expect(checkJoinOrder([join(2, 0, 10), join(1, 11, 20)])).toHaveLength(1)
})

test('a later epoch is behind an earlier one, whatever the number', () => {
  const early = { ...join(900, 0, 10), place: { epoch: 1, seq: 900 } }
  const late = { ...join(3, 20, 30), place: { epoch: 2, seq: 3 } }
  expect(checkJoinOrder([late, early])).toEqual([])
})

test('asking again for a place one has is no overtaking', () => {
  const first = join(1, 0, 10)
  expect(checkJoinOrder([first, join(2, 11, 20), { ...first, startMs: 30, endMs: 40 }])).toEqual([])
})

test('a place that Redis lost under the join that took it may come back; without a loss it is overtaking', () => {
  const long = join(5, 0, 20)
  const back: HistoryEvent = { ...long, op: 'place', startMs: 90, endMs: 95, place: { epoch: 1, seq: 1 } }
  const history = [long, join(6, 30, 40), back]
  expect(checkJoinOrder(history, { redisLostAtMs: [10, 80] })).toEqual([])
  expect(checkJoinOrder(history, { redisLostAtMs: [80] })).toHaveLength(1)
})

test('two concerts are two lines', () => {
  expect(checkJoinOrder([join(2, 0, 10), { ...join(1, 11, 20), concertId: 2 }])).toEqual([])
})

test('fans let in at the same moment are in order; one let in before somebody ahead is told', () => {
  const together = [join(1, 0, 1, 100), join(2, 2, 3, 100), join(3, 4, 5, 200)]
  expect(checkAdmissionOrder(together)).toEqual([])
  expect(checkAdmissionOrder([join(1, 0, 1, 200), join(2, 2, 3, 100)])).toHaveLength(1)
})

test('both checks agree with comparing every pair', () => {
  const fan = fc.record({
    seq: fc.nat(20),
    askedMs: fc.nat(50),
    tookMs: fc.nat(20),
    offerEndsMs: fc.option(fc.nat(5)),
  })
  fc.assert(
    fc.property(fc.uniqueArray(fan, { selector: ({ seq }) => seq, maxLength: 12 }), (fans) => {
      const all = fans.map(({ seq, askedMs, tookMs, offerEndsMs }) => ({
        ...join(seq, askedMs, askedMs + tookMs, offerEndsMs ?? undefined),
        seq,
      }))
      const overtakenJoining = all.filter((one) =>
        all.some((other) => other.endMs < one.startMs && other.seq > one.seq),
      )
      const overtakenEntering = all.filter((one) =>
        all.some((other) => other.seq > one.seq && (other.offerEndsMs ?? Infinity) < (one.offerEndsMs ?? -1)),
      )
      expect(checkJoinOrder(all)).toHaveLength(overtakenJoining.length)
      expect(checkAdmissionOrder(all)).toHaveLength(overtakenEntering.length)
    }),
  )
})
