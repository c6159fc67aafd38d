import type { Deps } from '../platform/deps.ts'
import { readRedisTime } from './stream-store.ts'

/** Clocks drift by up to 0.5 ms a second: 5 ms between two readings. */
const readEveryMs = 10_000
/** A reading that took longer may be wrong by half of that. */
const readWithinMs = 200

export type RedisClock = {
  /** `undefined` until it was read. One that is merely old is told, and read anew meanwhile. */
  nowIfKnown: () => number | undefined
}

/** Redis' clock without a command each time: as read last, plus what this process's monotonic clock counted since. */
export function createRedisClock(deps: Deps): RedisClock {
  let known: { nowMs: number; atMs: number } | undefined
  let isReading = false
  const read = async (): Promise<void> => {
    isReading = true
    try {
      const askedAtMs = performance.now()
      const nowMs = await readRedisTime(deps.redis)
      const heardAtMs = performance.now()
      // it was read somewhere between asking and hearing
      if (heardAtMs - askedAtMs < readWithinMs) known = { nowMs, atMs: (askedAtMs + heardAtMs) / 2 }
    } catch (error) {
      deps.log.debug({ err: error }, 'the clock of Redis could not be read')
    } finally {
      isReading = false
    }
  }
  return {
    nowIfKnown: () => {
      const elapsedMs = known === undefined ? Number.POSITIVE_INFINITY : performance.now() - known.atMs
      if (elapsedMs > readEveryMs && !isReading) void read()
      return known === undefined ? undefined : known.nowMs + elapsedMs
    },
  }
}
