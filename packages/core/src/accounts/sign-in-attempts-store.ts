import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import type { Deps } from '../platform/deps.ts'

/** Attempts are forgotten an hour after the first of them. */
const countedForSec = 3_600

/** More than anybody counts to: whether there were too many is the rule's to say, not the limiter's. */
const uncountable = 1_000_000_000

/** Counts attempts by key, and keeps some keys shut for a while. */
export type AttemptCounts = {
  /** How long a key stays shut; 0: it is open. */
  shutMs: (key: string) => Promise<number>
  /** Counts one more, and says how many there are. */
  add: (key: string) => Promise<number>
  shut: (key: string, seconds: number) => Promise<void>
  takeBack: (key: string) => Promise<void>
  forget: (key: string) => Promise<void>
}

/** For all processes; rejects at once while Redis is away. */
export function sharedAttempts(deps: Deps): AttemptCounts {
  const redis = { storeClient: deps.redis, rejectIfRedisNotReady: true, points: uncountable }
  return countsOf(
    new RateLimiterRedis({ ...redis, keyPrefix: 'sign-in-attempts', duration: countedForSec }),
    new RateLimiterRedis({ ...redis, keyPrefix: 'sign-in-shut', duration: 1, points: 1 }),
  )
}

/** For this process alone: what there is while Redis is away. Each attempt costs a hash, so their number is bounded by that. */
export function ownAttempts(): AttemptCounts {
  return countsOf(
    new RateLimiterMemory({ points: uncountable, duration: countedForSec }),
    new RateLimiterMemory({ points: 1, duration: 1 }),
  )
}

type Limiter = RateLimiterRedis | RateLimiterMemory

function countsOf(counts: Limiter, doors: Limiter): AttemptCounts {
  return {
    shutMs: async (key) => {
      const door = await doors.get(key)
      return door === null || door.consumedPoints <= 1 ? 0 : Math.max(0, door.msBeforeNext)
    },
    add: async (key) => (await counts.penalty(key)).consumedPoints,
    shut: async (key, seconds) => {
      await doors.block(key, seconds)
    },
    takeBack: async (key) => {
      await counts.reward(key)
    },
    forget: async (key) => {
      await Promise.all([counts.delete(key), doors.delete(key)])
    },
  }
}
