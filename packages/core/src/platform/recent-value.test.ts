import { setTimeout as sleep } from 'node:timers/promises'
import { DomainError } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { recentValue } from './recent-value.ts'

const counting = (options: { maxAgeMs: number; staleMs?: number; maxEntries?: number }) => {
  const calls: string[] = []
  let failure: Error | undefined
  const values = recentValue({
    maxEntries: 10,
    ...options,
    load: async (_owner: object, key: string) => {
      calls.push(key)
      await sleep(1)
      if (failure !== undefined) throw failure
      return calls.length
    },
  })
  const [owner, other] = [{}, {}]
  return {
    calls,
    read: async (key = 'a') => (await values.read(owner, key)).value,
    recall: (key = 'a') => values.recall(owner, key),
    readOther: async (key = 'a') => (await values.read(other, key)).value,
    forget: () => values.forget(owner, 'a'),
    fail: (error = new Error('away')) => {
      failure = error
    },
  }
}

test('many who ask at once cause one reading, and each key has its own', async () => {
  const { read, calls } = counting({ maxAgeMs: 10_000 })
  expect(await Promise.all([read(), read(), read('b'), read()])).toEqual([2, 2, 2, 2])
  expect(await read()).toBe(2)
  expect(calls).toEqual(['a', 'b'])
})

test('two owners never share a value', async () => {
  const { read, readOther } = counting({ maxAgeMs: Infinity })
  expect([await read(), await readOther(), await read()]).toEqual([1, 2, 1])
})

test('the value read longest ago makes room', async () => {
  const { read, calls } = counting({ maxAgeMs: Infinity, maxEntries: 2 })
  for (const key of ['a', 'b', 'c', 'c', 'b', 'a']) await read(key)
  expect(calls).toEqual(['a', 'b', 'c', 'a'])
})

test('what was read is recalled however old it is, and recalling reads nothing', async () => {
  const { read, recall, forget, calls } = counting({ maxAgeMs: 0 })
  expect(recall()).toBeUndefined()
  await read()
  expect([recall(), recall('b'), recall()]).toEqual([1, undefined, 1])
  expect(calls).toEqual(['a'])
  forget()
  expect(recall()).toBeUndefined()
})

test('how long a value is good may depend on how long it took to read', async () => {
  const tookMs: number[] = []
  const values = recentValue({
    maxAgeMs: (took) => {
      tookMs.push(took)
      return 10_000
    },
    maxEntries: 1,
    load: (_owner: object, _key: string) => sleep(5),
  })
  const owner = {}
  await values.read(owner, 'a')
  await values.read(owner, 'a')
  expect(tookMs.every((took) => took > 0)).toBe(true)
  expect(tookMs.length).toBe(1)
})

test('a value that is too old is read again, and so is one that was forgotten', async () => {
  const old = counting({ maxAgeMs: 0 })
  expect([await old.read(), await old.read()]).toEqual([1, 2])
  const forgotten = counting({ maxAgeMs: 10_000 })
  await forgotten.read()
  forgotten.forget()
  expect(await forgotten.read()).toBe(2)
})

test('a reading that was under way when the value was forgotten is not kept', async () => {
  let row = 'before the change'
  const values = recentValue({
    maxAgeMs: 10_000,
    maxEntries: 10,
    load: async (_owner: object, _key: string) => {
      const found = row
      await sleep(5)
      return found
    },
  })
  const owner = {}
  const read = async () => (await values.read(owner, 'a')).value
  const early = read()
  row = 'after the change'
  values.forget(owner, 'a')
  expect([await early, await read()]).toEqual(['before the change', 'after the change'])
})

test('when reading fails the last value stands in for a while; without one, or later, the failure shows', async () => {
  const lenient = counting({ maxAgeMs: 0, staleMs: 60_000 })
  await lenient.read()
  lenient.fail()
  expect(await lenient.read()).toBe(1)
  const strict = counting({ maxAgeMs: 0 })
  await strict.read()
  strict.fail()
  await expect(strict.read()).rejects.toThrow('away')
  await expect(lenient.read('b')).rejects.toThrow('away')
  // that it is gone is no failure
  lenient.fail(new DomainError('NOT_FOUND', { what: 'show' }))
  await expect(lenient.read()).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
