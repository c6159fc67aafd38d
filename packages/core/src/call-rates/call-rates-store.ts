import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { Deps } from '../platform/deps.ts'
import type { RateClass } from './rate-class.ts'
import { windowMs } from './recent-calls.ts'

/** `network`: an IPv6 network of 48 bits, where an address is one of 64. */
export type CallerKind = 'account' | 'address' | 'network'

/** What a caller's calls are counted under, for all processes together. */
export type SharedCount = { rate: RateClass; kind: CallerKind; caller: number | string; limit: number }

/**
 * Counts calls of a caller in their minute, for all processes. `undefined`: still within the limit; else how long until the
 * caller may go on. Rejects at once while Redis is away.
 */
export async function countShared(
  deps: Deps,
  count: SharedCount,
  calls: number,
): Promise<number | undefined> {
  try {
    await limiterOf(deps, count).consume(count.caller, calls)
    return undefined
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    return Math.max(1, Math.ceil(error.msBeforeNext))
  }
}

/** One for each class and kind of caller. */
const limiters = new WeakMap<Deps, Map<string, RateLimiterRedis>>()

function limiterOf(deps: Deps, { rate, kind, limit }: SharedCount): RateLimiterRedis {
  const ofDeps = limiters.get(deps) ?? new Map<string, RateLimiterRedis>()
  limiters.set(deps, ofDeps)
  const keyPrefix = `calls:${rate}:${kind}`
  const known = ofDeps.get(keyPrefix)
  if (known !== undefined) return known
  const made = new RateLimiterRedis({
    storeClient: deps.redis,
    keyPrefix,
    points: limit,
    duration: windowMs / 1_000,
    rejectIfRedisNotReady: true,
  })
  ofDeps.set(keyPrefix, made)
  return made
}
