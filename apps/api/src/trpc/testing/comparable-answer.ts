import { gunzipSync } from 'node:zlib'
import { orderByCall } from './order-by-call.ts'
import type { HttpAnswer } from './send-call.ts'

/** How a body is cut is between two hops: the stock adapter streams each, single calls say how long it is. */
const framing = new Set(['content-length', 'transfer-encoding'])
/** Anew with each answer. */
const passing = new Set(['date'])

const requestId = /"requestId":"[0-9a-f-]{36}"/g
const clocks = /"(asOfMs|nowMs)":\d+/g

/**
 * All of an answer below `prefix` that has to be the same from both: everything but its framing, the time, the id of the
 * request, the prefix itself, which call of a streamed batch is answered first, and that single calls compress what is long.
 */
export function comparableAnswer(prefix: string, answer: HttpAnswer): object {
  const { status, headers, body } = unpacked(answer)
  const kept = Object.entries(headers).filter(([name]) => !framing.has(name) && !passing.has(name))
  const said = body
    .replaceAll(`${prefix}/`, '/')
    .replace(requestId, '"requestId":"one"')
    .replace(clocks, '"$1":0')
  return { status, headers: Object.fromEntries(kept), body: orderByCall(said) }
}

function unpacked({ status, headers, body }: HttpAnswer): HttpAnswer {
  const { 'content-encoding': encoding, ...rest } = headers
  const vary = headers.vary?.replace(`${singleCallVary}, accept-encoding`, singleCallVary)
  const plain = { status, headers: vary === undefined ? rest : { ...rest, vary } }
  if (encoding !== 'gzip') return { ...plain, body }
  return { ...plain, body: gunzipSync(Buffer.from(body, 'latin1')).toString('latin1') }
}

const singleCallVary = 'trpc-accept, accept'

/** Whether the route of a single call gave this answer, and not the stock adapter. */
export function isFromSingleCall(answer: HttpAnswer): boolean {
  return (
    answer.headers['content-length'] !== undefined && answer.headers.vary?.startsWith(singleCallVary) === true
  )
}
