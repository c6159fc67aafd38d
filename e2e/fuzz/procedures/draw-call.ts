import fc from 'fast-check'
import { drawOddHeaders } from '../draw-headers.ts'
import { drawHostile } from '../hostile-values.ts'
import { fanCount, placeholder } from '../known-things.ts'
import type { JsonSchema } from '../read-document.ts'
import { type Draw, drawFrom, drawValid } from '../schema-values.ts'
import { spoilBody } from '../spoil-body.ts'
import type { Procedure } from './list-procedures.ts'

export type CaseKind = 'near' | 'hostile'
/** One call as it goes on the wire, but for the placeholders of tokens and ids, which only a running server knows. */
export type Call = {
  procedure: Procedure
  kind: CaseKind
  headers: Record<string, string>
  /** The input's text, which need not be JSON; `undefined`: none is sent. */
  input: string | undefined
  encoding: 'utf8' | 'latin1'
}

const chunkSize = 50

/** The nth call of a seed to one procedure, and those after it: the same ones each time. */
export function* drawCalls(procedure: Procedure, kind: CaseKind, seed: number): Generator<Call, never> {
  const call = fc.gen().map((draw) => drawCall(draw, procedure, kind))
  for (let chunk = 0; ; chunk += 1) {
    yield* fc.sample(call, { seed: seed + chunk * 2 + (kind === 'near' ? 0 : 1), numRuns: chunkSize })
  }
}

function drawCall(draw: Draw, procedure: Procedure, kind: CaseKind): Call {
  const fan = draw(fc.nat, fanCount - 1)
  const headers = {
    ...drawSession(draw, procedure, fan),
    ...(kind === 'hostile' && draw(fc.nat, 9) === 0 ? drawOddHeaders(draw) : {}),
  }
  const call = { procedure, kind, headers }
  const { input: schema } = procedure
  const valid = schema === undefined ? undefined : drawValid(draw, resolve, schema, '', fan)
  if (kind === 'near') {
    const near = draw(fc.nat, 9) < 6 ? valid : nudge(draw, schema, valid)
    return { ...call, input: near === undefined ? undefined : JSON.stringify(near), encoding: 'utf8' }
  }
  const { body, encoding } = spoilBody(draw, valid ?? {})
  return { ...call, input: body, encoding }
}

/** The role that is asked for, most of the time; else another, none, or something that is no session. */
function drawSession(draw: Draw, { path, role }: Procedure, fan: number): Record<string, string> {
  const isOfOperators = role === 'operator' && draw(fc.nat, 9) < 9
  const roll = draw(fc.nat, 19)
  if (roll === 0) return {}
  if (roll === 1) return { authorization: `Bearer ${drawFrom(draw, ['', 'x', 'a.b.c', 'null', '..'])}` }
  // what ends a session ends one that nobody needs; an operator's are needed by everything else here
  const session = /signOut|revoke/i.test(path) && role !== 'operator' ? placeholder('spare', 0) : undefined
  const own = isOfOperators ? placeholder('operator', 0) : placeholder('session', fan)
  return { authorization: `Bearer ${session ?? own}` }
}

/** Just beside what the schema takes: one field one too small, one too long, of another type, gone, or one too many. */
function nudge(draw: Draw, schema: JsonSchema | undefined, valid: unknown): unknown {
  if (typeof valid !== 'object' || valid === null || Array.isArray(valid)) return drawHostile(draw)
  const fields = new Map(Object.entries(valid))
  const names = [...new Set([...fields.keys(), ...Object.keys(schema?.properties ?? {})])]
  if (names.length === 0 || draw(fc.nat, 5) === 0) return { ...valid, surprise: drawHostile(draw) }
  const name = drawFrom(draw, names)
  const { minimum, maximum, minLength, maxLength, maxItems } = schema?.properties?.[name] ?? {}
  const beside = [
    ...(minimum === undefined ? [] : [minimum, minimum - 1]),
    ...(maximum === undefined ? [] : [maximum, maximum + 1, 2 ** 53]),
    ...(minLength === undefined ? [] : ['x'.repeat(Math.max(0, minLength - 1))]),
    ...(maxLength === undefined
      ? []
      : ['x'.repeat(maxLength), 'é'.repeat(maxLength), 'x'.repeat(maxLength + 1)]),
    ...(maxItems === undefined ? [] : [Array.from({ length: maxItems + 1 }, (_, at) => at + 1)]),
    null,
    String(fields.get(name)),
    [fields.get(name)],
    undefined,
  ]
  fields.set(name, drawFrom(draw, beside))
  return Object.fromEntries(fields)
}

/** The schemas of procedures stand by themselves, but for what names itself. */
function resolve(schema: JsonSchema): JsonSchema {
  return schema.$ref === undefined ? schema : {}
}
