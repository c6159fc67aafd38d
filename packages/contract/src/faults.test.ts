import { expect, test } from 'vitest'
import { z } from 'zod'
import { isDomainError } from './domain-error.ts'
import { listFaults, parseInput } from './faults.ts'

const schema = z.strictObject({ name: z.string(), prices: z.array(z.object({ minor: z.number() })) })

test('each fault is named by the path one would type, an unknown property by its own', () => {
  const parsed = schema.safeParse({ name: 1, prices: [{ minor: 1 }, { minor: 'x' }], more: true })
  expect(listFaults(parsed.error ?? new z.ZodError([])).map((fault) => fault.path)).toEqual([
    'name',
    'prices[1].minor',
    'more',
  ])
})

test('an input that fits comes back parsed; one that does not is BAD_INPUT with at most 20 faults', () => {
  expect(parseInput(schema, { name: 'a', prices: [] })).toEqual({ name: 'a', prices: [] })
  const faultsOf = (count: number): number => {
    try {
      parseInput(schema, { name: 'a', prices: Array.from({ length: count }, () => ({})) })
      return 0
    } catch (error) {
      return isDomainError(error, 'BAD_INPUT') ? error.details.faults.length : -1
    }
  }
  expect([faultsOf(0), faultsOf(3), faultsOf(50)]).toEqual([0, 3, 20])
})
