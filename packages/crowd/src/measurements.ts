import { greenroomError } from '@greenroom/client'

export type OperationName =
  | 'signUp'
  | 'join'
  | 'place'
  | 'enter'
  | 'leave'
  | 'map'
  | 'hold'
  | 'holdBest'
  | 'release'
  | 'charge'
  | 'pay'
  | 'balance'

export type OperationFigures = {
  name: OperationName
  calls: number
  ok: number
  /** Refused by rule, by code: a lost race is an answer, not a failure. */
  refused: Record<string, number>
  /** No answer, or INTERNAL. */
  failed: number
  /** Calls over the time from the first to the last. */
  perSecond: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
}

export type Measurements = {
  /** Times the call and counts how it ended; passes result and failure on. */
  measure: <T>(name: OperationName, call: () => Promise<T>) => Promise<T>
  figures: () => OperationFigures[]
}

type Samples = {
  timesMs: number[]
  ok: number
  refused: Map<string, number>
  failed: number
  beganMs: number
  endedMs: number
}

export function createMeasurements(): Measurements {
  const operations = new Map<OperationName, Samples>()
  const samplesOf = (name: OperationName): Samples => {
    const known = operations.get(name)
    if (known !== undefined) return known
    const fresh = {
      timesMs: [],
      ok: 0,
      refused: new Map(),
      failed: 0,
      beganMs: performance.now(),
      endedMs: 0,
    }
    operations.set(name, fresh)
    return fresh
  }
  return {
    measure: async (name, call) => {
      const samples = samplesOf(name)
      const beganMs = performance.now()
      const end = (): void => {
        samples.endedMs = performance.now()
        samples.timesMs.push(samples.endedMs - beganMs)
      }
      try {
        const result = await call()
        end()
        samples.ok += 1
        return result
      } catch (error) {
        end()
        const code = greenroomError(error)?.code
        if (code === undefined || code === 'INTERNAL') samples.failed += 1
        else samples.refused.set(code, (samples.refused.get(code) ?? 0) + 1)
        throw error
      }
    },
    figures: () => [...operations].map(([name, samples]) => figuresOf(name, samples)),
  }
}

function figuresOf(name: OperationName, samples: Samples): OperationFigures {
  const sorted = samples.timesMs.toSorted((one, other) => one - other)
  const seconds = Math.max(0.001, (samples.endedMs - samples.beganMs) / 1_000)
  return {
    name,
    calls: sorted.length,
    ok: samples.ok,
    refused: Object.fromEntries(samples.refused),
    failed: samples.failed,
    perSecond: sorted.length / seconds,
    p50Ms: percentile(sorted, 0.5),
    p95Ms: percentile(sorted, 0.95),
    p99Ms: percentile(sorted, 0.99),
  }
}

/** The smallest value that `share` of the values do not exceed; 0 when there are none. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
