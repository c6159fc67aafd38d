import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { describeShape } from './describe-shape.ts'
import { readWords } from './read-words.ts'
import { referenceFile } from './reference-file.ts'
import { writeReference } from './write-reference.ts'

test('the reference is that of the procedures as they are; `pnpm reference` writes it', () => {
  expect(readFileSync(referenceFile, 'utf8')).toBe(writeReference())
})

test('a procedure without words is found, and one with words keeps them, its caller and its refusals', () => {
  const source = `const gateProcedure = operatorProcedure.input(c)
export const seats = trpc.router({
  /**
   * Holds it.
   * @throws SEATS_TAKEN which ones
   */
  hold: fanProcedure.input(a),
  look: publicProcedure.query(b),
  /** Opens it. */
  open: gateProcedure.mutation(d),
})`
  expect([...readWords(source)]).toEqual([
    ['hold', { access: 'fan', text: 'Holds it.', refusals: [{ code: 'SEATS_TAKEN', when: 'which ones' }] }],
    ['look', undefined],
    ['open', { access: 'operator', text: 'Opens it.', refusals: [] }],
  ])
})

test('a shape shows names, types, what may be left out, meanings and bounds', () => {
  const schema = z.object({
    seatIds: z.array(z.number().int().positive().describe('A seat.')).min(1).max(10),
    kind: z.enum(['a', 'b']).nullable(),
    limit: z.number().int().min(1).max(100).default(30),
    pair: z.array(z.union([z.string(), z.boolean()])).optional(),
  })
  expect(describeShape(schema, 'input')).toBe(`{
  seatIds: number[] // A seat. 1 to 10 of them
  kind: 'a' | 'b' | null
  limit?: number // 1 to 100; default 30
  pair?: (string | boolean)[]
}`)
})
