/**
 * The server's time, learnt from the `asOfMs` of its replies. A reply is never older than it says, so each gives a
 * lower bound of the offset and the largest bound is the nearest: a slow reply never turns the clock back, and the
 * fan's own clock, right or wrong, is never asked. `monotonicMs` must not jump (`performance.now`).
 */
export type ServerClock = {
  observe(asOfMs: number): void
  /** Milliseconds since 1970 by the server; by `fallbackMs` until the first observation. */
  nowMs(): number
}

export function createServerClock(monotonicMs: () => number, fallbackMs: () => number): ServerClock {
  let offsetMs: number | undefined
  return {
    observe(asOfMs) {
      const boundMs = asOfMs - monotonicMs()
      if (offsetMs === undefined || boundMs > offsetMs) offsetMs = boundMs
    },
    nowMs() {
      return offsetMs === undefined ? fallbackMs() : monotonicMs() + offsetMs
    },
  }
}

/** The page's one clock. */
export const serverClock = createServerClock(
  () => performance.now(),
  () => Date.now(),
)
