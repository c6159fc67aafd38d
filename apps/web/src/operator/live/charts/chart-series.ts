import type { SaleHistory } from '@greenroom/contract'
import { conversionOf, estimateWait } from '@greenroom/contract/plain'

type Column = readonly (number | null)[]
export type ReadColumn = (history: SaleHistory) => Column

/** What is drawn of a sale: at most three lines in each chart, each with where its numbers are. */
export const chartSeries = {
  line: {
    waiting: ({ waiting }) => waiting,
    inside: ({ active }) => active,
    capacity: ({ capacity }) => capacity,
  },
  flow: { outflow: ({ outflowPerMinute }) => outflowPerMinute },
  wait: { least: (history) => waits(history, 'lowMs'), most: (history) => waits(history, 'highMs') },
  seats: { sold: ({ sold }) => sold, held: ({ held }) => held },
  revenue: { revenue: ({ revenueMinor }) => revenueMinor },
  conversion: { conversion: conversions },
  latency: { p50: ({ p50Ms }) => p50Ms, p95: ({ p95Ms }) => p95Ms, p99: ({ p99Ms }) => p99Ms },
  calls: {
    answered: ({ callsPerSecond }) => callsPerSecond,
    refused: ({ refusedPerSecond }) => refusedPerSecond,
    refusedByRules: ({ refusedByRulesPerSecond }) => refusedByRulesPerSecond,
  },
  pool: { use: ({ poolUse }) => poolUse },
} as const satisfies Record<string, Record<string, ReadColumn>>

export type ChartKey = keyof typeof chartSeries

/** In minutes, what the last one in line would have been told then; nothing where nobody was let in. */
function waits({ waiting, outflowPerMinute }: SaleHistory, end: 'lowMs' | 'highMs'): Column {
  return waiting.map((ahead, at) => {
    const range = ahead === null ? null : estimateWait(ahead, outflowPerMinute[at] ?? null)
    return range === null ? null : range[end] / 60_000
  })
}

function conversions({ active, entered, paid }: SaleHistory): Column {
  return entered.map((count, at) => {
    const inside = active[at]
    return typeof inside === 'number'
      ? conversionOf({ entered: count ?? 0, paid: paid[at] ?? 0, active: inside })
      : null
  })
}
