import { DomainError, toWireError } from '@greenroom/contract'
import { appRouter } from '@greenroom/router'
import { getTRPCErrorShape, TRPCError } from '@trpc/server'
import { limits } from '../limits.ts'

/** Stand for the hint and the procedure in a text that is made once; no hint is so long. */
const placeholderMs = 8_765_432_100
const placeholderPath = 'any.procedure'

/** What was asked over tRPC; `undefined` for REST. */
export type TrpcCall = { procedures: string; isBatch: boolean } | undefined

/**
 * The body of an OVERLOADED refusal as the call itself would give it; of a batch that is too large for the adapter, as far as that
 * would go. Put together from texts made once, whatever is asked: a refusal that costs as much as the call would be no relief.
 */
export function overloadedText(call: TrpcCall, retryAfterMs: number): string {
  if (call === undefined) return restText.replace(String(placeholderMs), () => String(retryAfterMs))
  const ofPath = (path: string): string =>
    trpcText
      .replace(String(placeholderMs), () => String(retryAfterMs))
      .replace(JSON.stringify(placeholderPath), () => JSON.stringify(path))
  if (!call.isBatch) return ofPath(call.procedures)
  return `[${call.procedures.split(',', limits.batchCalls).map(ofPath).join(',')}]`
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

const refusal = new DomainError('OVERLOADED', { retryAfterMs: placeholderMs })
const restText = JSON.stringify({ error: toWireError(refusal) })
const trpcText = JSON.stringify(trpcBody(refusal, placeholderPath))
