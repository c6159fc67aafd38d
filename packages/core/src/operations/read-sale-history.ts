import {
  type ConcertId,
  DomainError,
  type HistoryRange,
  mostHistoryPoints,
  type SaleHistory,
} from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { rangeSeconds, stepSecondsOf } from './history-steps.ts'
import { findPoints, findSpan, type Point, type PointName } from './history-store.ts'

/** A sale over time in at most 601 points, thinned in SQL. Refuses with NOT_FOUND for an unknown concert. */
export async function readSaleHistory(
  deps: Deps,
  input: { concertId: ConcertId; range: HistoryRange },
): Promise<SaleHistory> {
  const { concertId, range } = input
  const span = await findSpan(deps.db, concertId, rangeSeconds[range])
  if (span === undefined) throw new DomainError('NOT_FOUND', { what: 'concert' })
  const stepSeconds = stepSecondsOf((span.untilMs - span.fromMs) / 1_000)
  const most = mostHistoryPoints
  const points = await findPoints(deps.db, concertId, { fromMs: span.fromMs, stepSeconds, most })
  const column = (name: PointName) => points.map((point) => point[name])
  return {
    ...span,
    stepMs: stepSeconds * 1_000,
    atMs: points.map((point: Point) => point.atMs),
    waiting: column('waiting'),
    active: column('active'),
    capacity: column('capacity'),
    outflowPerMinute: column('outflowPerMinute'),
    available: column('available'),
    held: column('held'),
    sold: column('sold'),
    revenueMinor: column('revenueMinor'),
    entered: column('entered'),
    paid: column('paid'),
    p50Ms: column('p50Ms'),
    p95Ms: column('p95Ms'),
    p99Ms: column('p99Ms'),
    callsPerSecond: column('callsPerSecond'),
    refusedPerSecond: column('refusedPerSecond'),
    refusedByRulesPerSecond: column('refusedByRulesPerSecond'),
    poolUse: column('poolUse'),
  }
}
