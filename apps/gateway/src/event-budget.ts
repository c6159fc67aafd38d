/** What one socket may ask: a page that mounts its watches asks a handful at once, then next to nothing. */
const burst = 40
const perSecond = 10

/** A token bucket: two numbers a socket, no timer. */
export type EventBudget = { tokens: number; atMs: number }

export const openEventBudget = (): EventBudget => ({ tokens: burst, atMs: 0 })

/** 0: go on. Otherwise how many ms until the next event is answered. */
export function takeFromBudget(budget: EventBudget, nowMs: number): number {
  budget.tokens = Math.min(burst, budget.tokens + ((nowMs - budget.atMs) / 1_000) * perSecond)
  budget.atMs = nowMs
  if (budget.tokens < 1) return Math.ceil(((1 - budget.tokens) / perSecond) * 1_000)
  budget.tokens -= 1
  return 0
}
