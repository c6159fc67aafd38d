import { appRouter, guards } from '@greenroom/router'
import { z } from 'zod'
import type { JsonSchema } from '../read-document.ts'

export type Procedure = {
  path: string
  type: 'query' | 'mutation' | 'subscription'
  role: 'anyone' | 'fan' | 'operator'
  /** What it takes; `undefined`: nothing. */
  input: JsonSchema | undefined
}

/** tRPC keeps a procedure's schemas, but its types do not say so. */
const definition = z.object({
  _def: z.object({
    type: z.enum(['query', 'mutation', 'subscription']),
    inputs: z.array(z.instanceof(z.ZodType)),
  }),
})

/** Every procedure of the router, with the role that its guard names: a new one is fuzzed from its first day. */
export function listProcedures(): Procedure[] {
  return Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
    const { type, inputs } = definition.parse(Object.assign({}, procedure))._def
    const [router = '', name = ''] = path.split('.')
    const rows: Record<string, Record<string, { role: Procedure['role'] }>> = guards
    const role = rows[router]?.[name]?.role
    if (role === undefined) throw new Error(`${path} has no guard`)
    return { path, type, role, input: inputs[0] && schemaOf(inputs[0]) }
  })
}

function schemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as JsonSchema
}
