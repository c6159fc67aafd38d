/** When whoever is refused should come back: spread over a time in which the server can serve them. */
export type RetryHint = { served: () => void; refusedMs: () => number }

const soonestMs = 1_000
const leastSpreadMs = 2_000
const mostSpreadMs = 30_000

/**
 * The more were refused for each that was served, the longer the time over which they are spread: at four times what can be
 * served, three are refused for each, and come back over six seconds. Random within it, or they would all come back at once.
 */
export function createRetryHint(
  random: () => number = Math.random,
  nowMs = () => performance.now(),
): RetryHint {
  let second = { sinceMs: nowMs(), served: 0, refused: 0 }
  let refusedPerServed = 0
  const turn = (): void => {
    if (nowMs() - second.sinceMs < 1_000) return
    refusedPerServed = second.refused / Math.max(1, second.served)
    second = { sinceMs: nowMs(), served: 0, refused: 0 }
  }
  return {
    served: () => {
      second.served += 1
    },
    refusedMs: () => {
      turn()
      second.refused += 1
      const spreadMs = Math.min(mostSpreadMs, Math.max(leastSpreadMs, 2_000 * refusedPerServed))
      return Math.round(soonestMs + random() * spreadMs)
    },
  }
}
