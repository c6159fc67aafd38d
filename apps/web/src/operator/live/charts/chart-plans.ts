import type { Currency, Locale } from '@greenroom/contract'
import { m } from '../../../paraglide/messages.js'
import { tellCount, tellMoneyBriefly } from '../../../text/money.ts'
import { type ChartKey, chartSeries, type ReadColumn } from './chart-series.ts'

export type ChartPlan = {
  key: ChartKey
  name: string
  series: readonly { name: string; read: ReadColumn }[]
  tell: (value: number) => string
  /** Beside the scale, which is narrow, where the chart's name has the unit; default: as elsewhere. */
  tellMark?: (value: number) => string
  /** The scale goes up to this at least: where all is nothing, halves of a seat would be marked. */
  least: number
}

/** What is drawn of a sale, in the page's language. */
export function chartPlans(locale: Locale, currency: Currency): ChartPlan[] {
  const tellShort = (value: number): string =>
    value.toLocaleString(locale === 'ko' ? 'ko-KR' : 'en', { notation: 'compact', maximumFractionDigits: 1 })
  const tellShare = (share: number): string =>
    share.toLocaleString(locale === 'ko' ? 'ko-KR' : 'en', { style: 'percent', maximumFractionDigits: 0 })
  const plan = (key: ChartKey, told: Pick<ChartPlan, 'name' | 'tell' | 'tellMark' | 'least'>): ChartPlan => ({
    key,
    ...told,
    series: seriesOf(key),
  })
  return [
    plan('line', { name: m.chart_line(), least: 10, tell: tellShort }),
    plan('flow', { name: m.chart_flow(), least: 10, tell: tellShort }),
    plan('wait', {
      name: m.live_last_wait(),
      least: 5,
      tell: (minutes) => m.what_if_minutes({ count: tellShort(minutes) }),
    }),
    plan('seats', { name: m.chart_seats(), least: 10, tell: tellCount }),
    plan('revenue', {
      name: m.revenue(),
      least: 10_000,
      tell: (value) => tellMoneyBriefly(Math.round(value), currency),
    }),
    plan('conversion', { name: m.conversion(), least: 1, tell: tellShare }),
    plan('latency', {
      name: m.chart_latency(),
      least: 100,
      tell: (value) => m.milliseconds({ count: tellCount(Math.round(value)) }),
      tellMark: tellCount,
    }),
    plan('calls', { name: m.chart_calls(), least: 10, tell: tellShort }),
    plan('pool', { name: m.pool_use(), least: 1, tell: tellShare }),
  ]
}

/** What each line is called, in the table beside the charts as well. */
const seriesNames = {
  line: { waiting: m.people_waiting, inside: m.people_inside, capacity: m.capacity },
  flow: { outflow: m.chart_flow },
  wait: { least: m.wait_least, most: m.wait_most },
  seats: { sold: m.seats_sold, held: m.seats_held },
  revenue: { revenue: m.revenue },
  conversion: { conversion: m.conversion },
  latency: { p50: m.latency_p50, p95: m.latency_p95, p99: m.latency_p99 },
  calls: {
    answered: m.calls_answered,
    refused: m.calls_refused,
    refusedByRules: m.calls_refused_by_rules,
  },
  pool: { use: m.pool_use },
} satisfies { [Key in ChartKey]: Record<keyof (typeof chartSeries)[Key], () => string> }

function seriesOf(key: ChartKey): ChartPlan['series'] {
  const names: Record<string, () => string> = seriesNames[key]
  return Object.entries<ReadColumn>(chartSeries[key]).map(([line, read]) => ({
    name: names[line]?.() ?? line,
    read,
  }))
}
