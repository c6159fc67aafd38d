/** What one socket may ask: a page that mounts its watches asks a handful at once, then next to nothing. */
const burst = 40
const perSecond = 10

export type EventBudget = {
  /** 0: go on. Otherwise how many ms until the next event is answered. */
  take: () => number
}

/** A token bucket: two numbers a socket, no timer. */
export function createEventBudget(nowMs: () => number = () => performance.now()): EventBudget {
  let tokens = burst
  let atMs = nowMs()
  return {
    take: () => {
      const now = nowMs()
      tokens = Math.min(burst, tokens + ((now - atMs) / 1_000) * perSecond)
      atMs = now
      if (tokens < 1) return Math.ceil(((1 - tokens) / perSecond) * 1_000)
      tokens -= 1
      return 0
    },
  }
}
