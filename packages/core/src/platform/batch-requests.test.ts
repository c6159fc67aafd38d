import { expect, test } from 'vitest'
import { type Batcher, createBatcher, type Settled } from './batch-requests.ts'

type Run = (inputs: string[]) => Promise<Settled<string>[]>

function batcher(
  run: Run,
  limits: { maxBatch?: number; maxRunning?: number; maxWaiting?: number } = {},
): Batcher<string, string> {
  return createBatcher({
    maxBatch: 3,
    maxRunning: 1,
    maxWaiting: 100,
    ...limits,
    keyOf: (input) => input[0] ?? '',
    run,
  })
}

const done = (value: string): Settled<string> => ({ kind: 'done', value })

test('what comes together goes together, in order, up to the size of a batch', async () => {
  const batches: string[][] = []
  const folded = batcher(async (inputs) => {
    batches.push(inputs)
    return inputs.map(done)
  })
  const replies = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(folded.submit))
  expect(replies).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(batches).toEqual([
    ['a', 'b', 'c'],
    ['d', 'e'],
  ])
})

test('two requests with one key never run at the same time, even in two batches', async () => {
  let isRunning = false
  const folded = batcher(
    async (inputs) => {
      expect(isRunning).toBe(false)
      expect(inputs).toHaveLength(1)
      isRunning = true
      await new Promise((resolve) => setTimeout(resolve, 5))
      isRunning = false
      return inputs.map(done)
    },
    { maxRunning: 4 },
  )
  expect(await Promise.all(['x1', 'x2', 'x3'].map(folded.submit))).toEqual(['x1', 'x2', 'x3'])
})

test('one that is undecided goes first in the next batch', async () => {
  const batches: string[][] = []
  const folded = batcher(async (inputs) => {
    batches.push(inputs)
    return inputs.map((input) => (input === 'b' && batches.length === 1 ? { kind: 'again' } : done(input)))
  })
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map(folded.submit))
  expect(batches).toEqual([
    ['a', 'b', 'c'],
    ['b', 'd', 'e'],
  ])
})

test('a request that is never decided, and one more than may wait, are refused', async () => {
  const undecided = batcher(async (inputs) => inputs.map(() => ({ kind: 'again' })))
  await expect(undecided.submit('a')).rejects.toMatchObject({ code: 'OVERLOADED' })
  const full = batcher(async (inputs) => inputs.map(done), { maxWaiting: 2 })
  const replies = ['a', 'b', 'c'].map(full.submit)
  await expect(replies[2]).rejects.toMatchObject({ code: 'OVERLOADED' })
  expect(await Promise.all(replies.slice(0, 2))).toEqual(['a', 'b'])
})

test('a failure reaches the request it belongs to; when the run itself fails, all of its batch', async () => {
  const folded = batcher(async (inputs) => {
    if (inputs.includes('z')) throw new Error('the database is gone')
    return inputs.map((input) => (input === 'b' ? { kind: 'failed', error: new Error('b') } : done(input)))
  })
  const replies = ['a', 'b', 'c', 'z', 'y'].map(folded.submit)
  await expect(replies[1]).rejects.toThrow('b')
  expect(await Promise.all([replies[0], replies[2]])).toEqual(['a', 'c'])
  await expect(replies[3]).rejects.toThrow('gone')
  await expect(replies[4]).rejects.toThrow('gone')
  expect(await folded.submit('a')).toBe('a')
})

test('beside a batch that does not end, others begin: together when they are worth it, else after a little', async () => {
  const stuck = Promise.withResolvers<void>()
  const batches: string[][] = []
  const folded = createBatcher<string, string>({
    maxBatch: 3,
    maxRunning: 2,
    worthAnother: 3,
    maxWaiting: 100,
    keyOf: (input) => input,
    run: async (inputs) => {
      batches.push(inputs)
      if (inputs.includes('stuck')) await stuck.promise
      return inputs.map(done)
    },
  })
  const first = folded.submit('stuck')
  await expect.poll(() => batches.length).toBe(1)
  expect(await Promise.all(['a', 'b', 'c'].map(folded.submit))).toEqual(['a', 'b', 'c'])
  expect(await Promise.all([folded.submit('d'), folded.submit('e')])).toEqual(['d', 'e'])
  expect(batches).toEqual([['stuck'], ['a', 'b', 'c'], ['d', 'e']])
  stuck.resolve()
  expect(await first).toBe('stuck')
})
