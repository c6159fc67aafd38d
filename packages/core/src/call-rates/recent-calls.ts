/** Counts of the present minute of this process, by caller; bounded, and forgotten all at once when the minute is over. */
export type RecentCalls = {
  /** How many it were in this minute, this one with them. */
  count: (caller: number | string) => number
  /** Until the minute is over. */
  restMs: () => number
}

export const windowMs = 60_000

/** 100,000 callers are some 10 MB; beyond that the one who came first is forgotten, which a flood pays with its own count too. */
const maxCallers = 100_000

/** Two numbers a caller and no timer: this is asked by every call. Only lengths of time are measured, so no clock is asked. */
export function openRecentCalls(most: number = maxCallers): RecentCalls {
  const counts = new Map<number | string, number>()
  let beganAtMs = performance.now()
  const forgetOldMinute = (): void => {
    if (performance.now() - beganAtMs < windowMs) return
    beganAtMs = performance.now()
    counts.clear()
  }
  return {
    count: (caller) => {
      forgetOldMinute()
      const known = counts.get(caller)
      if (known === undefined && counts.size >= most) {
        const [oldest] = counts.keys()
        if (oldest !== undefined) counts.delete(oldest)
      }
      const times = (known ?? 0) + 1
      counts.set(caller, times)
      return times
    },
    restMs: () => Math.max(1, Math.ceil(windowMs - (performance.now() - beganAtMs))),
  }
}
