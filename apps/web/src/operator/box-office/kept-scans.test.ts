import { showId, ticketId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import {
  dismissLateScans,
  findKeptScan,
  type KeptScan,
  keepScan,
  readKeptScans,
  readLateScans,
  settleScan,
} from './kept-scans.ts'
import { makeStore } from './testing/make-store.ts'

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
  settleScan(store, 'key-2', 'admitted')
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

test('what was not good stays until it is dismissed, also over a reload, and is told to the server no more', () => {
  const store = makeStore()
  for (const n of [1, 2, 3]) keepScan(store, scan(n))
  settleScan(store, 'key-1', 'used')
  settleScan(store, 'key-2', 'refunded')
  // a tab that died before it heard of it has told it once more
  settleScan(store, 'key-2', 'refunded')
  expect(readKeptScans(store)).toEqual([scan(3)])
  const late = [
    { ...scan(1), verdict: 'used' },
    { ...scan(2), verdict: 'refunded' },
  ]
  expect(readLateScans(store)).toEqual(late)
  expect([findKeptScan(store, 'code 1'), findKeptScan(store, 'code 3')]).toEqual([undefined, scan(3)])
  // what still is to be told is nothing that can be dismissed
  dismissLateScans(store, ['key-1', 'key-3'])
  expect([readLateScans(store), readKeptScans(store)]).toEqual([late.slice(1), [scan(3)]])
})

test('without room for the server’s word a scan stays to be told', () => {
  const store = makeStore(75)
  keepScan(store, scan(1))
  settleScan(store, 'key-1', 'used')
  expect([readKeptScans(store), readLateScans(store)]).toEqual([[scan(1)], []])
})
