import { toDomainError } from '@greenroom/router'
import type { TRPCError } from '@trpc/server'

const comesBack = new Set<TRPCError['code']>(['SERVICE_UNAVAILABLE', 'TOO_MANY_REQUESTS'])

/** The header that says when to come back, as REST has it, for an answer with these failures in it; of many the latest. */
export function retryAfterHeaders({ errors }: { errors: readonly TRPCError[] }): {
  headers: Record<string, string>
} {
  const hintsMs = errors
    .filter(({ code }) => comesBack.has(code))
    .map((error) => toDomainError(error, '').details)
    .flatMap((details) => ('retryAfterMs' in details ? [details.retryAfterMs] : []))
  if (hintsMs.length === 0) return { headers: {} }
  return { headers: { 'retry-after': String(Math.ceil(Math.max(...hintsMs) / 1_000)) } }
}
