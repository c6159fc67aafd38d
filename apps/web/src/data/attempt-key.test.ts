import { idempotencyKey } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { attemptKey, endAttempt } from './attempt-key.ts'

function memoryStore() {
  const texts = new Map<string, string>()
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, value: string) => void texts.set(key, value),
    removeItem: (key: string) => void texts.delete(key),
  }
}

test('asking again within an attempt uses the same key, which the server accepts', () => {
  const store = memoryStore()
  const key = attemptKey(store, 'pay 7')
  expect(attemptKey(store, 'pay 7')).toBe(key)
  expect(idempotencyKey.parse(key)).toBe(key)
})

test('after a definite answer the next attempt has a key of its own, and so has every other purchase', () => {
  const store = memoryStore()
  const first = attemptKey(store, 'pay 7')
  expect(attemptKey(store, 'pay 8')).not.toBe(first)
  endAttempt(store, 'pay 7')
  expect(attemptKey(store, 'pay 7')).not.toBe(first)
})
