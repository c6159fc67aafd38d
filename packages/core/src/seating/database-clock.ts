import type { Deps } from '../platform/deps.ts'
import { readDatabaseClock } from './seat-store.ts'

/** Clocks drift by up to 0.5 ms a second: 30 ms between two readings. */
const readEveryMs = 60_000

export type DatabaseClock = {
  /** What a query that was under way anyway just read. */
  set: (nowMs: number) => void
  /** Asks Postgres only when nothing recent is known. */
  now: () => Promise<number>
  /** `undefined` when nothing recent is known; a reading that is merely old is then made anew. */
  nowIfKnown: () => number | undefined
}

/** The database's clock without a query each time: as read last, plus what this process's monotonic clock counted since. */
export function createDatabaseClock(deps: Deps): DatabaseClock {
  let known: { nowMs: number; atMs: number } | undefined
  let isReading = false
  const set = (nowMs: number): void => {
    known = { nowMs, atMs: performance.now() }
  }
  const nowIfKnown = (): number | undefined => {
    if (known === undefined) return undefined
    const elapsedMs = performance.now() - known.atMs
    if (elapsedMs < readEveryMs) return known.nowMs + elapsedMs
    if (!isReading) {
      isReading = true
      readDatabaseClock(deps.db)
        .then(set)
        .catch((error: unknown) => deps.log.warn({ err: error }, 'the clock could not be read'))
        .finally(() => {
          isReading = false
        })
    }
    return undefined
  }
  return {
    set,
    nowIfKnown,
    now: async () => nowIfKnown() ?? (await readDatabaseClock(deps.db)),
  }
}
