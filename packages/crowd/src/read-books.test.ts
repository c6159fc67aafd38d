import type { HistoryEvent } from '@greenroom/oracles'
import { expect, test } from 'vitest'
import { readBooks } from './read-books.ts'

const call = { actor: 1, fanId: 1, startMs: 1, endMs: 2, outcome: 'ok' as const }
const charge: HistoryEvent = { ...call, op: 'charge', key: 'a', amountMinor: 500 }
const hold: HistoryEvent = {
  ...call,
  op: 'hold',
  concertId: 1,
  showId: 1,
  seatIds: [10, 11],
  reservationId: 7,
}
const pay: HistoryEvent = {
  ...call,
  op: 'pay',
  concertId: 1,
  reservationIds: [7],
  key: 'b',
  paymentId: 3,
  amountMinor: 200,
}

test('what a wallet must hold is what was charged less what was paid', () => {
  const books = readBooks([charge, hold, pay])
  expect(books.balanceMinor(1)).toBe(300)
  expect(books.balanceMinor(2)).toBe(0)
  expect(books.paidMinor).toBe(200)
  expect([...books.soldSeatIds]).toEqual([10, 11])
})

test('a key that was answered twice counts once, and what got no answer not at all', () => {
  const books = readBooks([charge, charge, hold, { ...pay, outcome: 'unknown' }, pay, pay])
  expect(books.balanceMinor(1)).toBe(300)
  expect(readBooks([charge, hold, { ...pay, outcome: 'refused' }]).soldSeatIds.size).toBe(0)
})
