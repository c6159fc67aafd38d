/** So many at once, and so many a second after that. */
export type Rate = { burst: number; perSecond: number }

/** `take` says whether one was left. Two numbers, no timer. */
export function openTokenBucket({ burst, perSecond }: Rate): { take: () => boolean } {
  let tokens = burst
  let atMs = performance.now()
  return {
    take: () => {
      const nowMs = performance.now()
      tokens = Math.min(burst, tokens + ((nowMs - atMs) / 1_000) * perSecond)
      atMs = nowMs
      if (tokens < 1) return false
      tokens -= 1
      return true
    },
  }
}
