import { expect, test } from 'vitest'
import { ownProgress } from './own-progress.ts'

const first = { concertId: 1, receipt: 'a' }
const second = { concertId: 1, receipt: 'b' }

function memoryStore() {
  const texts = new Map<string, string>()
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, value: string) => void texts.set(key, value),
  }
}

test('it grows as the line moves and is never full before the turn', () => {
  const store = memoryStore()
  const seen = [1000, 900, 500, 10, 0].map((ahead) => ownProgress(store, first, ahead))
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toBeCloseTo(0.97)
})

test('it never goes back, not even after a reload or when places ahead were given back', () => {
  const store = memoryStore()
  ownProgress(store, first, 100)
  const before = ownProgress(store, first, 10)
  expect(ownProgress(store, first, 60)).toBe(before)
  expect(ownProgress(store, first, 2_000)).toBe(before)
})

test('another place in line starts anew', () => {
  const store = memoryStore()
  ownProgress(store, first, 100)
  ownProgress(store, first, 0)
  expect(ownProgress(store, second, 100)).toBeCloseTo(0.03)
})

test('a spoilt note is not believed', () => {
  const store = memoryStore()
  store.setItem('greenroom:progress:1', 'a x y')
  expect(ownProgress(store, first, 100)).toBeCloseTo(0.03)
})
