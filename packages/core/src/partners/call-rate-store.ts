import { DomainError, type PartnerKeyId } from '@greenroom/contract'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { Deps } from '../platform/deps.ts'
import { recentValue } from '../platform/recent-value.ts'

const windowSec = 60

/**
 * While Redis is away each process counts for itself, and lets through a quarter of the rate: up to four processes then
 * stay within what was agreed.
 */
const insuredShare = 4

const limiters = recentValue({
  maxAgeMs: Number.POSITIVE_INFINITY,
  maxEntries: 100,
  load: (deps: Deps, ratePerMinute: number) => Promise.resolve(makeLimiter(deps, ratePerMinute)),
})

/** Counts one call of the key in its current minute. Refuses with RATE_LIMITED when the minute is used up. */
export async function countCall(
  deps: Deps,
  { partnerKeyId, ratePerMinute }: { partnerKeyId: PartnerKeyId; ratePerMinute: number },
): Promise<void> {
  const limiter = (await limiters.read(deps, ratePerMinute)).value
  try {
    await limiter.consume(partnerKeyId)
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    throw new DomainError('RATE_LIMITED', { retryAfterMs: Math.max(0, Math.ceil(error.msBeforeNext)) })
  }
}

/** One for all keys of the same rate. A key that used its minute up is refused from memory and costs Redis nothing more. */
function makeLimiter(deps: Deps, ratePerMinute: number): RateLimiterRedis {
  return new RateLimiterRedis({
    storeClient: deps.redis,
    keyPrefix: 'partner-calls',
    points: ratePerMinute,
    duration: windowSec,
    inMemoryBlockOnConsumed: ratePerMinute,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory({
      points: Math.max(1, Math.floor(ratePerMinute / insuredShare)),
      duration: windowSec,
    }),
  })
}
