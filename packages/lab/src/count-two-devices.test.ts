import type { HistoryEvent } from '@greenroom/oracles'
import { expect, test } from 'vitest'
import { countTwoDevices } from './count-two-devices.ts'

const at = (actor: number, startMs: number, endMs: number, changes: object = {}): HistoryEvent => ({
  op: 'place',
  actor,
  fanId: Math.abs(actor),
  concertId: 1,
  startMs,
  endMs,
  outcome: 'ok',
  ...changes,
})

test('calls of two devices of a fan to one line count when they are under way at once', () => {
  expect(countTwoDevices([at(1, 0, 10), at(-1, 5, 15), at(1, 20, 30)])).toBe(2)
})

test.for<[string, HistoryEvent[]]>([
  ['one after the other', [at(1, 0, 10), at(-1, 10, 15)]],
  ['of one device', [at(1, 0, 10), at(1, 5, 15)]],
  ['of two fans', [at(1, 0, 10), at(-2, 5, 15)]],
  ['to two lines', [at(1, 0, 10), at(-1, 5, 15, { concertId: 2 })]],
  ['of which one was not answered', [at(1, 0, 10), at(-1, 5, 15, { outcome: 'unknown' })]],
  ['of which one is an entry, which may be a push', [at(1, 0, 10), at(-1, 5, 15, { op: 'enter' })]],
  ['of which one is what a page showed', [at(1, 0, 10), at(-1, 5, 5)]],
])('calls %s do not', ([, history]) => {
  expect(countTwoDevices(history)).toBe(0)
})
