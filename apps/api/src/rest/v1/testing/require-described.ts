import { parseWireError, type WireError } from '@greenroom/contract'
import { z } from 'zod'
import { refusalsOf, statusOf } from '../../refusal-responses.ts'
import type { Route } from '../../route.ts'

export type Answer = { status: number; headers: Headers; body: unknown }

/** Throws unless the table tells of this answer: its status and shape, or its refusal with that status; and whether it may be cached. */
export function requireDescribed(route: Route, { status, headers, body }: Answer): void {
  const expected = route.status ?? 200
  if (status === expected) {
    route.reply.parse(body)
    if ((route.cache !== undefined) !== headers.has('etag'))
      throw new Error(`${route.operationId} has an ETag, or none, against its word`)
  } else if (!(status === 304 && route.cache !== undefined)) {
    const { code } = refusalOf(body)
    if (!refusalsOf(route).includes(code)) throw new Error(`${route.operationId} does not tell of ${code}`)
    if (statusOf(route, code) !== status) throw new Error(`${route.operationId}: ${code} came with ${status}`)
    if (headers.get('cache-control') !== 'no-store') throw new Error(`the refusal ${code} may be cached`)
  }
}

/** The refusal in a body; throws when it is none of ours. */
export function refusalOf(body: unknown): WireError {
  const refusal = parseWireError(z.object({ error: z.unknown() }).parse(body).error)
  if (refusal === undefined) throw new Error(`not a refusal: ${JSON.stringify(body)}`)
  return refusal
}
