import { DomainError, toWireError } from '@greenroom/contract'
import { appRouter } from '@greenroom/router'
import { getTRPCErrorShape, TRPCError } from '@trpc/server'

/** Stands for the hint in a text that is made once; no hint is so long. */
const placeholderMs = 8_765_432_100
/** Batches may be put together in more ways than are worth keeping. */
const mostTexts = 200

/** Each text by what was asked, cut where the hint goes. */
const texts = new Map<string, string[]>()

/** What was asked over tRPC; `undefined` for REST. */
export type TrpcCall = { procedures: string; isBatch: boolean } | undefined

/**
 * The body of an OVERLOADED refusal as the call itself would give it. Made once for each: a refusal that costs as much as the
 * call would be no relief.
 */
export function overloadedText(call: TrpcCall, retryAfterMs: number): string {
  const key = call === undefined ? '' : `${call.isBatch ? 'batch' : 'alone'} ${call.procedures}`
  const pieces = texts.get(key) ?? JSON.stringify(bodyOf(call)).split(String(placeholderMs))
  if (texts.size < mostTexts) texts.set(key, pieces)
  return pieces.join(String(retryAfterMs))
}

function bodyOf(call: TrpcCall): object {
  const error = new DomainError('OVERLOADED', { retryAfterMs: placeholderMs })
  if (call === undefined) return { error: toWireError(error) }
  if (!call.isBatch) return trpcBody(error, call.procedures)
  return call.procedures.split(',').map((path) => trpcBody(error, path))
}

function trpcBody(cause: DomainError, path: string): object {
  const error = new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: cause.code, cause })
  const { _config: config } = appRouter._def
  const shape: unknown = getTRPCErrorShape({
    config,
    error,
    path,
    type: 'unknown',
    ctx: undefined,
    input: undefined,
  })
  return { error: shape }
}
