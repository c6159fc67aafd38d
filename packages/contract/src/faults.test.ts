import { expect, test } from 'vitest'
import { z } from 'zod'
import { isDomainError } from './domain-error.ts'
import { lineSettings } from './catalogue.ts'
import { email, password } from './accounts.ts'
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

const line = { mode: 'fifo', opensAtMs: 1_000, capacity: 10 }
test.for<[string | undefined, z.ZodType, unknown]>([
  ['empty', z.string().min(1), ''],
  ['tooShort', password, 'short'],
  ['tooLong', z.string().max(2), 'abc'],
  ['tooSmall', lineSettings, { ...line, capacity: -1 }],
  ['tooLarge', lineSettings, { ...line, capacity: 1_000_001 }],
  ['tooLarge', z.number().int(), 2 ** 60],
  ['notWhole', lineSettings, { ...line, capacity: 0.5 }],
  ['wrongForm', email, 'nobody'],
  ['wrongForm', z.enum(['a', 'b']), 'c'],
  ['wrongForm', z.number(), 'text'],
  ['lobbyAfterSale', lineSettings, { ...line, lobbyOpensAtMs: 2_000 }],
  ['closesBeforeOpening', lineSettings, { ...line, closesAtMs: 1_000 }],
  [undefined, z.string().refine(() => false, 'what no form asks'), ''],
])('a form learns %s of a field', ([reason, schemaOf, value]) => {
  const { error } = schemaOf.safeParse(value)
  const [fault] = listFaults(error ?? new z.ZodError([]))
  expect(fault?.reason).toBe(reason)
})
