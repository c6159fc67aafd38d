import { type AccountId, type ConcertId, DomainError } from '@greenroom/contract'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { Deps } from '../platform/deps.ts'

/** Wrong codes of one fan for one concert, and then a pause: enough to mistype one, hopeless against 2^80. */
export const mostGuesses = 5
const windowSec = 600

const limiters = new WeakMap<Deps, RateLimiterRedis>()

/** Counts one try before it is looked at, so that many at once are no more. Refuses with RATE_LIMITED. */
export async function countGuess(deps: Deps, fan: { concertId: ConcertId; fanId: AccountId }): Promise<void> {
  try {
    await limiterOf(deps).consume(keyOf(fan))
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    throw new DomainError('RATE_LIMITED', { retryAfterMs: Math.max(0, Math.ceil(error.msBeforeNext)) })
  }
}

/** A code that was right is no guess. */
export async function forgetGuess(
  deps: Deps,
  fan: { concertId: ConcertId; fanId: AccountId },
): Promise<void> {
  await limiterOf(deps).reward(keyOf(fan))
}

function keyOf({ concertId, fanId }: { concertId: ConcertId; fanId: AccountId }): string {
  return `${concertId}:${fanId}`
}

/** While Redis is away each process counts for itself, one try in the window. */
function limiterOf(deps: Deps): RateLimiterRedis {
  const limiter =
    limiters.get(deps) ??
    new RateLimiterRedis({
      storeClient: deps.redis,
      keyPrefix: 'bypass-guesses',
      points: mostGuesses,
      duration: windowSec,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory({ points: 1, duration: windowSec }),
    })
  limiters.set(deps, limiter)
  return limiter
}
