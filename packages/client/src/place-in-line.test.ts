import { concertId, type Entry, type QueueProgress } from '@greenroom/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fansAhead, isSameWait, nextPlace } from './place-in-line.ts'
import { readPlaceKey } from './place-key.ts'
import { receiptOf } from './testing/receipt-of.ts'

const waiting = (ahead: number | null, admittedTotalAtRead: number, receipt = 'r'): Entry => ({
  state: 'waiting',
  receipt,
  ahead,
  admittedTotalAtRead,
  asOfMs: 1,
  refreshAfterMs: 1_000,
})
const progress = (admittedTotal: number): QueueProgress => ({
  concertId: concertId.parse(1),
  epoch: 0,
  phase: 'open',
  admittedTotal,
  waiting: 10,
  active: 1,
  capacity: 1,
  outflowPerMinute: 10,
  stock: [],
  asOfMs: 1,
})

test('the place moves on with the shared counter and stops at the front', () => {
  expect(fansAhead(waiting(10, 100), progress(104))).toBe(6)
  expect(fansAhead(waiting(10, 100), progress(500))).toBe(0)
})

test('a message older than the reading moves nothing', () => {
  expect(fansAhead(waiting(10, 100), progress(90))).toBe(10)
  expect(fansAhead(waiting(10, 100), undefined)).toBe(10)
})

test('in the lobby and outside the line there is no place', () => {
  expect(fansAhead(waiting(null, 0), progress(5))).toBeNull()
  expect(fansAhead({ state: 'none' }, progress(5))).toBeNull()
})

const readings = fc.array(fc.record({ ahead: fc.nat(1_000), admitted: fc.nat(1_000) }))
const showAll = (
  all: { ahead: number; admitted: number }[],
  show: (shown: number | null, ahead: number | null) => number | null,
): number[] => {
  const shown: number[] = []
  for (const { ahead, admitted } of all) {
    shown.push(show(shown.at(-1) ?? null, fansAhead(waiting(ahead, 0), progress(admitted))) ?? Number.NaN)
  }
  return shown
}
const falls = (places: number[]): boolean =>
  places.every((place, index) => index === 0 || place <= (places[index - 1] ?? 0))

test('whatever is read, the shown place never rises', () => {
  const run = fc.check(fc.property(readings, (all) => falls(showAll(all, nextPlace))))
  expect(run.failed).toBe(false)
})

test('shown as read, it would', () => {
  const run = fc.check(fc.property(readings, (all) => falls(showAll(all, (_, ahead) => ahead))))
  expect(run.failed).toBe(true)
})

test('a wait goes on at one place, by epoch and number, whatever else its receipt says', () => {
  const at = (receipt: string): Entry => waiting(5, 100, receipt)
  const before = at(receiptOf({ e: 1, s: 7 }, { n: '?>' }))
  expect(isSameWait(before, at(receiptOf({ e: 1, s: 7 }, { n: 'other' })))).toBe(true)
  expect(isSameWait(before, at(receiptOf({ e: 1, s: 8 })))).toBe(false)
  expect(isSameWait(before, at(receiptOf({ e: 2, s: 7 })))).toBe(false)
  expect(isSameWait(undefined, before)).toBe(false)
  expect(isSameWait(before, { state: 'none' })).toBe(false)
})

test('a token that says no place is refused', () => {
  expect(() => readPlaceKey('no token')).toThrow('a token says no place')
})
