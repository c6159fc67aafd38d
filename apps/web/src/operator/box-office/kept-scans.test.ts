import { showId, ticketId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { forgetScan, type KeptScan, keepScan, readKeptScans } from './kept-scans.ts'

function makeStore(room = 1_000_000) {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, value)
    },
  }
}

const scan = (n: number): KeptScan => ({
  ticketId: ticketId.parse(n),
  showId: showId.parse(1),
  code: `code ${n}`,
  key: `key-${n}`,
  atMs: n,
})

test('scans are kept in order until the server knows of each', () => {
  const store = makeStore()
  expect(readKeptScans(store)).toEqual([])
  for (const n of [1, 2, 3]) expect(keepScan(store, scan(n))).toBe(true)
  forgetScan(store, 'key-2')
  expect(readKeptScans(store)).toEqual([scan(1), scan(3)])
})

test('a device without room says so, and what another version kept is nothing', () => {
  const full = makeStore(110)
  expect(keepScan(full, scan(1))).toBe(true)
  expect(keepScan(full, scan(2))).toBe(false)
  expect(readKeptScans(full)).toEqual([scan(1)])
  const other = makeStore()
  other.setItem('greenroom:gate-kept', '[{"ticketId": "1"}, null, 7]')
  expect(readKeptScans(other)).toEqual([])
})

test('no more than 3,000 are kept', () => {
  const store = makeStore()
  store.setItem('greenroom:gate-kept', JSON.stringify(Array.from({ length: 3_000 }, (_, n) => scan(n + 1))))
  expect(keepScan(store, scan(4_000))).toBe(false)
})
