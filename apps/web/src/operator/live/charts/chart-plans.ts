import type { Currency, Locale, SaleHistory } from '@greenroom/contract'
import { conversionOf } from '@greenroom/contract/plain'
import { m } from '../../../paraglide/messages.js'
import { tellCount, tellMoneyBriefly } from '../../../text/money.ts'

type Column = readonly (number | null)[]

export type ChartPlan = {
  key: string
  name: string
  /** At most three, each with where its numbers are. */
  series: readonly { name: string; read: (history: SaleHistory) => Column }[]
  tell: (value: number) => string
  /** The scale goes up to this at least: where all is nothing, halves of a seat would be marked. */
  least: number
}

/** What is drawn of a sale, in the page's language. */
export function chartPlans(locale: Locale, currency: Currency): ChartPlan[] {
  const tellShort = (value: number): string =>
    value.toLocaleString(locale === 'ko' ? 'ko-KR' : 'en', { notation: 'compact', maximumFractionDigits: 1 })
  const tellShare = (share: number): string =>
    share.toLocaleString(locale === 'ko' ? 'ko-KR' : 'en', { style: 'percent', maximumFractionDigits: 0 })
  return [
    {
      key: 'line',
      least: 10,
      name: m.chart_line(),
      series: [
        { name: m.people_waiting(), read: (history) => history.waiting },
        { name: m.people_inside(), read: (history) => history.active },
        { name: m.capacity(), read: (history) => history.capacity },
      ],
      tell: tellShort,
    },
    {
      key: 'flow',
      least: 10,
      name: m.chart_flow(),
      series: [{ name: m.chart_flow(), read: (history) => history.outflowPerMinute }],
      tell: tellShort,
    },
    {
      key: 'seats',
      least: 10,
      name: m.chart_seats(),
      series: [
        { name: m.seats_sold(), read: (history) => history.sold },
        { name: m.seats_held(), read: (history) => history.held },
      ],
      tell: tellCount,
    },
    {
      key: 'revenue',
      least: 10_000,
      name: m.revenue(),
      series: [{ name: m.revenue(), read: (history) => history.revenueMinor }],
      tell: (value) => tellMoneyBriefly(Math.round(value), currency),
    },
    {
      key: 'conversion',
      least: 1,
      name: m.conversion(),
      series: [{ name: m.conversion(), read: conversions }],
      tell: tellShare,
    },
    {
      key: 'latency',
      least: 100,
      name: m.chart_latency(),
      series: [
        { name: m.latency_p50(), read: (history) => history.p50Ms },
        { name: m.latency_p95(), read: (history) => history.p95Ms },
        { name: m.latency_p99(), read: (history) => history.p99Ms },
      ],
      tell: (value) => m.milliseconds({ count: tellShort(value) }),
    },
    {
      key: 'calls',
      least: 10,
      name: m.chart_calls(),
      series: [
        { name: m.calls_answered(), read: (history) => history.callsPerSecond },
        { name: m.calls_refused(), read: (history) => history.refusedPerSecond },
      ],
      tell: tellShort,
    },
    {
      key: 'pool',
      least: 1,
      name: m.pool_use(),
      series: [{ name: m.pool_use(), read: (history) => history.poolUse }],
      tell: tellShare,
    },
  ]
}

function conversions({ active, entered, paid }: SaleHistory): Column {
  return entered.map((count, at) => {
    const inside = active[at]
    return typeof inside === 'number'
      ? conversionOf({ entered: count ?? 0, paid: paid[at] ?? 0, active: inside })
      : null
  })
}
