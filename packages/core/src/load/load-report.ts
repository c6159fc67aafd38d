import type { CallLoad, ServerLoad } from '@greenroom/contract'
import { z } from 'zod'
import { bucketCount, countCalls, type Latencies, quantileMs, sumLatencies } from './latencies.ts'

const latencies = z.array(z.number().int().min(0)).length(bucketCount)

/** What one api process says of its last seconds. */
export const loadReport = z.object({
  spanMs: z.number().positive(),
  crowd: latencies,
  inside: latencies,
  refused: z.number().int().min(0),
  /** A version before says nothing of it. */
  refusedByRules: z.number().int().min(0).default(0),
  pool: z.object({
    size: z.number().int().min(0),
    total: z.number().int().min(0),
    busy: z.number().min(0),
    waiting: z.number().min(0),
  }),
  loopLagP99Ms: z.number().min(0),
})
export type LoadReport = z.infer<typeof loadReport>

/** All processes' calls as if one had answered them. */
export function mergeReports(reports: readonly LoadReport[], asOfMs: number): ServerLoad {
  const crowd = reports.map((each) => ({ spanMs: each.spanMs, calls: each.crowd }))
  const inside = reports.map((each) => ({ spanMs: each.spanMs, calls: each.inside }))
  const all = reports.map((each) => ({ spanMs: each.spanMs, calls: sumLatencies([each.crowd, each.inside]) }))
  const sum = (of: (report: LoadReport) => number): number =>
    reports.reduce((total, each) => total + of(each), 0)
  return {
    asOfMs,
    processes: reports.length,
    crowd: describeCalls(crowd),
    inside: describeCalls(inside),
    all: describeCalls(all),
    refusedPerSecond: sum(({ refused, spanMs }) => (refused * 1_000) / spanMs),
    refusedByRulesPerSecond: sum(({ refusedByRules, spanMs }) => (refusedByRules * 1_000) / spanMs),
    pool: {
      size: sum(({ pool }) => pool.size),
      total: sum(({ pool }) => pool.total),
      waiting: sum(({ pool }) => pool.waiting),
      use: Math.max(0, ...reports.map(({ pool }) => (pool.busy + pool.waiting) / Math.max(1, pool.size))),
    },
    loopLagP99Ms: reports.length === 0 ? null : Math.max(...reports.map((each) => each.loopLagP99Ms)),
  }
}

function describeCalls(parts: readonly { spanMs: number; calls: Latencies }[]): CallLoad {
  const calls = sumLatencies(parts.map((each) => each.calls))
  return {
    perSecond: parts.reduce((sum, each) => sum + (countCalls(each.calls) * 1_000) / each.spanMs, 0),
    p50Ms: quantileMs(calls, 0.5),
    p95Ms: quantileMs(calls, 0.95),
    p99Ms: quantileMs(calls, 0.99),
  }
}
