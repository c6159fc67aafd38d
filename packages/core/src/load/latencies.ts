/**
 * How long calls took, in 52 buckets of which each ends 20 % above the one before: from 1 ms to 11 s, a few hundred bytes,
 * however many calls there were. Those of several processes add up, which their quantiles would not.
 */
export type Latencies = number[]

const grows = 1.2
export const bucketCount = 52

/** Upper ends; what took longer than the last but one is in the last. */
const ends = Array.from({ length: bucketCount }, (_, at) => grows ** at)

export function noLatencies(): Latencies {
  return Array.from({ length: bucketCount }, () => 0)
}

export function bucketOf(elapsedMs: number): number {
  if (!(elapsedMs > 1)) return 0
  return Math.min(bucketCount - 1, Math.ceil(Math.log(elapsedMs) / Math.log(grows)))
}

export function sumLatencies(all: readonly Latencies[]): Latencies {
  return noLatencies().map((_, at) => all.reduce((sum, each) => sum + (each[at] ?? 0), 0))
}

export function countCalls(latencies: Latencies): number {
  return latencies.reduce((sum, count) => sum + count, 0)
}

/** The time within which this share of the calls was answered, rounded up to the end of its bucket; `null` without calls. */
export function quantileMs(latencies: Latencies, share: number): number | null {
  const wanted = Math.max(1, Math.ceil(countCalls(latencies) * share))
  let seen = 0
  for (const [at, count] of latencies.entries()) {
    seen += count
    if (seen >= wanted) return Math.round((ends[at] ?? 0) * 10) / 10
  }
  return null
}
