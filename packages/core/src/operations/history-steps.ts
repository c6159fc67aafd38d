import type { HistoryRange } from '@greenroom/contract'

/** How often a sale is sampled; the slots of `sale_samples` are as long. */
export const sampleSlotSeconds = 5

/** Steps of an answer; its first and last may be cut by its ends. */
const mostSteps = 600

/** How far back a range goes; `null`: to the first sample. */
export const rangeSeconds: Record<HistoryRange, number | null> = {
  '15m': 900,
  '1h': 3_600,
  '1d': 86_400,
  all: null,
}

/** The shortest whole number of slots of which `mostSteps` cover the span. */
export function stepSecondsOf(spanSeconds: number): number {
  return Math.max(1, Math.ceil(spanSeconds / mostSteps / sampleSlotSeconds)) * sampleSlotSeconds
}
