import { isDomainError } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { createBoundedGate } from './bounded-gate.ts'

type Held = { finish: () => void; promise: Promise<void> }

function hold(started: string[], name: string): Held & { work: () => Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const work = async (): Promise<void> => {
    started.push(name)
    await promise
  }
  return { finish: resolve, promise, work }
}

test('as many run at once as the gate lets, the next wait in order, the rest are refused', async () => {
  const gate = createBoundedGate({ atOnce: 2, maxWaiting: 1 })
  const started: string[] = []
  const [a, b, c] = ['a', 'b', 'c'].map((name) => hold(started, name))
  if (a === undefined || b === undefined || c === undefined) throw new Error('three were made')
  const runs = [a, b, c].map((each) => gate.pass(each.work))
  expect(started).toEqual(['a', 'b'])
  expect(gate.load()).toEqual({ running: 2, waiting: 1 })
  await expect(gate.pass(async () => 'never')).rejects.toMatchObject({ code: 'OVERLOADED' })
  a.finish()
  await runs[0]
  expect(started).toEqual(['a', 'b', 'c'])
  b.finish()
  c.finish()
  await Promise.all(runs)
  expect(gate.load()).toEqual({ running: 0, waiting: 0 })
  expect(gate.begun()).toBe(3)
})

test('work that fails gives its place back', async () => {
  const gate = createBoundedGate({ atOnce: 1, maxWaiting: 0 })
  await expect(gate.pass(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await gate.pass(async () => 'next')).toBe('next')
})

test('those it refuses come back one by one', async () => {
  const gate = createBoundedGate({ atOnce: 0, maxWaiting: 0 })
  const hints = new Set<number>()
  for (let refused = 0; refused < 50; refused++) {
    await gate
      .pass(async () => 'never')
      .catch((error: unknown) => {
        if (isDomainError(error, 'OVERLOADED')) hints.add(error.details.retryAfterMs)
      })
  }
  expect(hints.size).toBeGreaterThan(25)
  expect(Math.min(...hints)).toBeGreaterThanOrEqual(1_000)
})
