import { afterAll, expect, test } from 'vitest'
import { closeDatabase, openDatabase } from '../platform/database.ts'
import { createShortCache } from './short-cache.ts'

// never connected to: a cache only tells databases apart
const one = openDatabase('postgres://localhost/one', 1)
const other = openDatabase('postgres://localhost/other', 1)
afterAll(() => Promise.all([one, other].map(closeDatabase)))

test('a thousand who ask at once cause one load', async () => {
  const cached = createShortCache<string, number>({ ttlMs: Infinity, maxEntries: 10 })
  let loads = 0
  const load = async (): Promise<number> => ++loads
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => cached(one, 'stock', load)))
  expect(new Set(answers)).toEqual(new Set([1]))
})

test('a stale answer is asked for again, a failed one is not kept', async () => {
  const cached = createShortCache<string, number>({ ttlMs: 0, maxEntries: 10 })
  let loads = 0
  const load = async (): Promise<number> => {
    loads++
    if (loads === 2) throw new Error('away')
    return loads
  }
  expect(await cached(one, 'stock', load)).toBe(1)
  await expect(cached(one, 'stock', load)).rejects.toThrow('away')
  expect(await cached(one, 'stock', load)).toBe(3)
})

test('two databases never share an answer', async () => {
  const cached = createShortCache<string, string>({ ttlMs: Infinity, maxEntries: 10 })
  expect(await cached(one, 'name', async () => 'one')).toBe('one')
  expect(await cached(other, 'name', async () => 'other')).toBe('other')
})

test('the oldest answer makes room', async () => {
  const cached = createShortCache<number, number>({ ttlMs: Infinity, maxEntries: 2 })
  let loads = 0
  for (const key of [1, 2, 3, 3, 2, 1]) await cached(one, key, async () => ++loads)
  expect(loads).toBe(4)
})
