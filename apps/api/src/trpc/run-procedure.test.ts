import type { Context } from '@greenroom/router'
import { initTRPC, TRPCError } from '@trpc/server'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { procedureRunner } from './run-procedure.ts'

const trpc = initTRPC.context<{ steps: string[] }>().create()
const noting = (name: string) =>
  trpc.procedure.use(async ({ ctx, next }) => {
    ctx.steps.push(`${name} begins`)
    const result = await next({ ctx: { seenBy: name } })
    ctx.steps.push(`${name} ends ${result.ok}`)
    return result
  })

const outer = noting('outer').input(z.object({ a: z.number() }))
const inner = outer.use(({ ctx, input, next }) => {
  ctx.steps.push(`inner sees ${input.a}`)
  return next()
})
const told = inner.input(z.object({ b: z.number() })).query(({ ctx, input }) => ({ ctx, input }))

/** Only what the procedures here look at. */
const callWith = (steps: string[], input: unknown) => ({
  path: 'told',
  type: 'query' as const,
  ctx: { steps } as unknown as Context,
  getRawInput: async () => input,
})

test('steps run in their order, each with the context and the input that those before it made', async () => {
  const steps: string[] = []
  const answer = await procedureRunner(told)(callWith(steps, { a: 1, b: 2 }))
  expect(answer).toEqual({ ctx: { steps, seenBy: 'outer' }, input: { a: 1, b: 2 } })
  expect(steps).toEqual(['outer begins', 'inner sees 1', 'outer ends true'])
})

test('a step that fails is a result to those before it, and a rejection to the caller', async () => {
  const steps: string[] = []
  const refused = procedureRunner(told)(callWith(steps, { a: 1, b: 'two' }))
  await expect(refused).rejects.toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }))
  expect(steps).toEqual(['outer begins', 'inner sees 1', 'outer ends false'])
  const broken = trpc.procedure.query(() => {
    throw new RangeError('broken')
  })
  await expect(procedureRunner(broken)(callWith([], {}))).rejects.toThrow(TRPCError)
})

test('a procedure that keeps its steps where this does not look is run by tRPC', async () => {
  const { middlewares: _hidden, ...elsewhere } = { middlewares: undefined, ...told._def }
  const moved = Object.assign((...args: Parameters<typeof told>) => told(...args), {
    _def: elsewhere,
    meta: undefined,
    procedure: true as const,
  })
  const answer = await procedureRunner(moved)(callWith([], { a: 1, b: 2 }))
  expect(answer).toMatchObject({ input: { a: 1, b: 2 } })
})
