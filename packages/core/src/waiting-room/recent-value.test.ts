import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { recentValue } from './recent-value.ts'

const counting = (options: { maxAgeMs: number; staleMs: number }) => {
  const calls: string[] = []
  let failure: Error | undefined
  const values = recentValue({
    maxAgeMs: () => options.maxAgeMs,
    staleMs: options.staleMs,
    load: async (_owner: object, key: string) => {
      calls.push(key)
      await sleep(1)
      if (failure !== undefined) throw failure
      return calls.length
    },
  })
  const owner = {}
  return {
    calls,
    read: async (key = 'a') => (await values.read(owner, key)).value,
    forget: () => values.forget(owner, 'a'),
    fail: () => {
      failure = new Error('away')
    },
  }
}

test('many who ask at once cause one reading, and each key has its own', async () => {
  const { read, calls } = counting({ maxAgeMs: 10_000, staleMs: 0 })
  expect(await Promise.all([read(), read(), read('b'), read()])).toEqual([2, 2, 2, 2])
  expect(await read()).toBe(2)
  expect(calls).toEqual(['a', 'b'])
})

test('a value that is too old is read again, and so is one that was forgotten', async () => {
  const old = counting({ maxAgeMs: 0, staleMs: 0 })
  expect([await old.read(), await old.read()]).toEqual([1, 2])
  const forgotten = counting({ maxAgeMs: 10_000, staleMs: 0 })
  await forgotten.read()
  forgotten.forget()
  expect(await forgotten.read()).toBe(2)
})

test('when reading fails the last value stands in for a while; without one, or later, the failure shows', async () => {
  const lenient = counting({ maxAgeMs: 0, staleMs: 60_000 })
  await lenient.read()
  lenient.fail()
  expect(await lenient.read()).toBe(1)
  const strict = counting({ maxAgeMs: 0, staleMs: 0 })
  await strict.read()
  strict.fail()
  await expect(strict.read()).rejects.toThrow('away')
  await expect(lenient.read('b')).rejects.toThrow('away')
})
