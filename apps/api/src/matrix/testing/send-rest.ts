import { randomUUID } from 'node:crypto'
import { parseWireError } from '@greenroom/contract'
import type { Route } from '../../rest/route.ts'
import type { Answer } from './send.ts'

/** What headers of `/v1` carry, by the names that the procedures have for it. */
const headerOf: Record<string, string> = {
  pass: 'queue-pass',
  receipt: 'queue-receipt',
  idempotencyKey: 'idempotency-key',
}

/** Asks a route of `/v1` for what its procedure would be asked for: each field goes where the route reads it. */
export async function sendRest(
  origin: URL,
  { method, path }: Pick<Route, 'method' | 'path'>,
  { input, token }: { input: unknown; token: string | undefined },
): Promise<Answer> {
  const fields = Object.entries(Object(input)).filter(([, value]) => value !== undefined)
  const isOfPath = ([name]: [string, unknown]): boolean => path.includes(`{${name}}`)
  const rest = fields.filter((field) => !isOfPath(field) && headerOf[field[0]] === undefined)
  const url = fields
    .filter(isOfPath)
    .reduce((filled, [name, value]) => filled.replace(`{${name}}`, String(value)), path)
  const query = method === 'GET' ? rest.map(([name, value]) => [name, String(value)]) : []
  const hasBody = method !== 'GET' && rest.length > 0
  const reply = await fetch(new URL(`${url}?${new URLSearchParams(query).toString()}`, origin), {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(hasBody && { 'content-type': 'application/json' }),
      // procedures that hold take none; the routes ask for one
      'idempotency-key': randomUUID(),
      ...Object.fromEntries(
        fields.flatMap(([name, value]) =>
          headerOf[name] === undefined ? [] : [[headerOf[name], String(value)]],
        ),
      ),
    },
    ...(hasBody && { body: JSON.stringify(Object.fromEntries(rest)) }),
  })
  const text = await reply.text()
  if (reply.ok) return { code: undefined, reason: undefined, text }
  const refusal = parseWireError(Reflect.get(Object(JSON.parse(text)), 'error'))
  if (refusal === undefined) throw new Error(`an answer of no known form: ${text}`)
  return { code: refusal.code, reason: Reflect.get(refusal.details, 'reason'), text }
}
