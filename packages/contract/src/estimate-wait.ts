import type { WaitRange } from './wait-range.ts'

/** Outflow is a count of arrivals in a window: twice its square root either side holds 95 % of what chance alone does. */
const minutesMeasured = 3

/**
 * How long `ahead` fans take at the measured outflow, as a range; `null` when nothing flows or nothing was measured,
 * which says "unknown" rather than "for ever". A hint, never a promise.
 */
export function estimateWait(ahead: number, outflowPerMinute: number | null): WaitRange | null {
  if (outflowPerMinute === null || outflowPerMinute <= 0) return null
  const counted = outflowPerMinute * minutesMeasured
  const spread = Math.min(0.75, 2 / Math.sqrt(counted))
  const minutes = (ahead + 1) / outflowPerMinute
  return {
    lowMs: Math.round(minutes * (1 - spread) * 60_000),
    highMs: Math.round(minutes * (1 + spread) * 60_000),
  }
}
