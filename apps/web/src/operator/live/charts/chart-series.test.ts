import type { SaleHistory } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { chartSeries } from './chart-series.ts'

/** Two moments: at the second nobody was let in, and nothing was known of the line. */
const history: SaleHistory = {
  fromMs: 0,
  untilMs: 10_000,
  stepMs: 5_000,
  atMs: [0, 5_000],
  waiting: [119, null],
  active: [40, null],
  capacity: [50, null],
  outflowPerMinute: [60, 0],
  available: [1, 1],
  held: [2, 3],
  sold: [4, 5],
  revenueMinor: [6, 7],
  entered: [80, 80],
  paid: [10, 10],
  p50Ms: [11, 12],
  p95Ms: [13, 14],
  p99Ms: [15, 16],
  callsPerSecond: [17, 18],
  refusedPerSecond: [19, 20],
  refusedByRulesPerSecond: [21, null],
  poolUse: [0.5, 0.6],
}

/** What an operator is to see the history of, each with the lines that show it. */
const wanted = {
  waiting: [chartSeries.line.waiting],
  active: [chartSeries.line.inside],
  outflow: [chartSeries.flow.outflow],
  eta: [chartSeries.wait.least, chartSeries.wait.most],
  holds: [chartSeries.seats.held],
  sold: [chartSeries.seats.sold],
  revenue: [chartSeries.revenue.revenue],
  conversion: [chartSeries.conversion.conversion],
  rejects: [chartSeries.calls.refused, chartSeries.calls.refusedByRules],
  latency: [chartSeries.latency.p50, chartSeries.latency.p95, chartSeries.latency.p99],
}

test('all that is seen live has a history', () => {
  const read = Object.entries(wanted).map(([what, lines]) => [what, ...lines.map((line) => line(history)[0])])
  expect(read).toEqual([
    ['waiting', 119],
    ['active', 40],
    ['outflow', 60],
    // two minutes, a seventh more or less
    ['eta', expect.closeTo(1.702, 2), expect.closeTo(2.298, 2)],
    ['holds', 2],
    ['sold', 4],
    ['revenue', 6],
    ['conversion', 0.25],
    ['rejects', 19, 21],
    ['latency', 11, 13, 15],
  ])
  // of each chart every line has as many points as there are
  for (const lines of Object.values(chartSeries))
    for (const line of Object.values(lines)) expect(line(history)).toHaveLength(2)
})

test('where the line is not known, or nobody is let in, no wait is made up', () => {
  const waitsOf = (change: Partial<SaleHistory>) => {
    const { least, most } = chartSeries.wait
    return [least({ ...history, ...change }), most({ ...history, ...change })]
  }
  expect(waitsOf({ waiting: [null, 5] })).toEqual([
    [null, null],
    [null, null],
  ])
  expect(waitsOf({ outflowPerMinute: [null, 60], waiting: [5, 0] })).toEqual([
    [null, expect.closeTo(0.0142, 3)],
    [null, expect.closeTo(0.0192, 3)],
  ])
})
