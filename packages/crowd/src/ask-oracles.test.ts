import type { FinalState, HistoryEvent } from '@greenroom/oracles'
import { expect, test } from 'vitest'
import { askHistory, describeMaps, listNotAsked } from './ask-oracles.ts'

const call = { startMs: 1, endMs: 2, outcome: 'ok' as const, concertId: 1 }
const fan = (fanId: number, atMs: number): HistoryEvent[] => {
  const who = { ...call, actor: fanId, fanId }
  const place = { epoch: 1, seq: fanId }
  return [
    { ...who, op: 'join', state: 'active', place, startMs: atMs, endMs: atMs + 1 },
    {
      ...who,
      op: 'hold',
      showId: 1,
      seatIds: [10],
      reservationId: fanId,
      key: `hold ${fanId}`,
      place,
      startMs: atMs + 2,
      endMs: atMs + 3,
    },
    {
      ...who,
      op: 'pay',
      reservationIds: [fanId],
      key: `pay ${fanId}`,
      paymentId: fanId,
      amountMinor: 100,
      startMs: atMs + 4,
      endMs: atMs + 5,
    },
  ]
}
const final: FinalState = {
  reservations: [{ reservationId: 1, showId: 1, fanId: 1, seatIds: [10], state: 'PAID' }],
  payments: [{ paymentId: 1, fanId: 1, reservationIds: [1], amountMinor: 100 }],
  shows: [],
}
const brokenOf = (...args: Parameters<typeof askHistory>): string[] =>
  askHistory(...args).flatMap(({ name, faults }) => (faults.length > 0 ? name : []))

test('what one buyer saw, and the server says, breaks no rule, and every rule that was asked is in the report', () => {
  const asked = askHistory(fan(1, 1), { final })
  expect(asked.flatMap(({ faults }) => faults)).toEqual([])
  expect(asked.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['no-seat-is-sold-twice', 'acknowledged-is-kept', 'seat-linearizable']),
  )
  const ofServer = { name: 'never-more-inside-than-there-is-room', of: 'database' as const, faults: [] }
  expect(listNotAsked([...asked, ofServer])).toEqual([
    'line-lets-in-in-order',
    'never-more-inside-than-there-is-room',
    'shown-place-never-rises',
    'every-map-is-the-database',
    'refused-has-no-effect',
  ])
})

test('a seat that two were told is theirs is found', () => {
  expect(brokenOf([...fan(1, 1), ...fan(2, 10)], {})).toEqual(
    expect.arrayContaining(['no-seat-is-sold-twice', 'seat-linearizable']),
  )
})

test('a payment that was acknowledged and is not in its fan’s list is found', () => {
  expect(brokenOf(fan(1, 1), { final: { ...final, payments: [] } })).toEqual(['acknowledged-is-kept'])
})

test('a payment that nobody made is found', () => {
  const extra = { paymentId: 9, fanId: 1, reservationIds: [8], amountMinor: 100 }
  const payments = [...final.payments, extra]
  expect(brokenOf(fan(1, 1), { final: { ...final, payments } })).toEqual(['no-effect-without-a-call'])
})

test('a map that differs from a fresh snapshot is a fault of the oracle of maps, which is not asked without observers', () => {
  const maps = {
    observers: 2,
    converged: 1,
    differences: ['a map differs'],
    heldSeats: 0,
    soldButShownFree: [],
  }
  expect(describeMaps(maps)).toMatchObject([{ name: 'every-map-is-the-database', faults: ['a map differs'] }])
  expect(describeMaps({ ...maps, observers: 0, differences: [] })).toEqual([])
})
