import type { SaleOverview } from '@greenroom/contract'
import type { MapsChecked } from './check-maps.ts'
import type { Outcome } from './crowd.ts'
import type { OperationFigures } from './measurements.ts'

export type CrowdReport = {
  fans: number
  seconds: number
  phases: { name: string; seconds: number }[]
  outcomes: Partial<Record<Outcome, number>>
  failures: Record<string, number>
  operations: OperationFigures[]
  seatsSold: number
  paidMinor: number
  currency: string
  lostRaces: number
  holds: { releasedSeats: number; leftSeats: number }
  line: { witnesses: number; isLottery: boolean; joinInversions: number; admissionInversions: number }
  seatsSoldTwice: number
  wallets: { checked: number; off: number; offMinor: number }
  maps: MapsChecked
  overview?: SaleOverview
}

/** What must hold whatever happened during the run; empty when all is well. */
export function findBroken(report: CrowdReport): string[] {
  const { line, wallets, maps } = report
  const broken: [boolean, string][] = [
    [report.seatsSoldTwice > 0, `${report.seatsSoldTwice} seats sold twice`],
    [wallets.off > 0, `${wallets.off} wallets off by ${wallets.offMinor} altogether`],
    [!line.isLottery && line.joinInversions > 0, `${line.joinInversions} fans overtaken when joining`],
    [line.admissionInversions > 0, `${line.admissionInversions} fans overtaken when let in`],
    [maps.converged < maps.observers, `${maps.observers - maps.converged} maps differ from a fresh one`],
    [maps.soldButShownFree.length > 0, `${maps.soldButShownFree.length} paid seats are not shown as sold`],
    [(report.outcomes.failed ?? 0) > 0, `${report.outcomes.failed} fans failed`],
  ]
  return broken.flatMap(([isBroken, sentence]) => (isBroken ? [sentence] : []))
}

/** The report for people. */
export function formatReport(report: CrowdReport): string {
  const { line, maps, wallets, holds } = report
  return [
    '',
    `${report.fans} fans, ${report.seconds.toFixed(1)} s (${report.phases.map(formatPhase).join(', ')})`,
    '',
    ...formatOperations(report.operations),
    '',
    `outcomes          ${formatTally(report.outcomes)}`,
    ...(Object.keys(report.failures).length === 0
      ? []
      : [`failures          ${formatTally(report.failures)}`]),
    `seats sold        ${report.seatsSold}, ${report.paidMinor.toLocaleString('en')} ${report.currency} paid`,
    `races lost        ${report.lostRaces}`,
    `holds returned    ${holds.releasedSeats} seats released, ${holds.leftSeats} left to run out, ${maps.heldSeats} still held at the end`,
    '',
    `seats sold twice  ${report.seatsSoldTwice}`,
    `wallets off       ${wallets.off} of ${wallets.checked}`,
    `order inversions  ${line.joinInversions} joining${line.isLottery ? ' (a lottery decides)' : ''}, ${line.admissionInversions} let in, of ${line.witnesses}`,
    `maps converged    ${maps.converged} of ${maps.observers} observers`,
    `paid, not sold    ${maps.soldButShownFree.length}`,
    ...(report.overview === undefined ? [] : [formatOverview(report.overview)]),
    '',
    formatVerdict(findBroken(report)),
    '',
  ].join('\n')
}

function formatOperations(operations: OperationFigures[]): string[] {
  const head = ['operation', 'calls', 'ok', 'failed', 'calls/s', 'p50 ms', 'p95 ms', 'p99 ms', 'refused']
  const rows = operations.map((each) => [
    each.name,
    `${each.calls}`,
    `${((100 * each.ok) / Math.max(1, each.calls)).toFixed(1)} %`,
    `${each.failed}`,
    each.perSecond.toFixed(1),
    each.p50Ms.toFixed(0),
    each.p95Ms.toFixed(0),
    each.p99Ms.toFixed(0),
    formatTally(each.refused),
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const formatRow = (row: string[]): string =>
    row
      .map((cell, column) =>
        column === 0 || column === 8 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return [head, ...rows].map(formatRow)
}

function formatPhase({ name, seconds }: { name: string; seconds: number }): string {
  return `${name} ${seconds.toFixed(1)} s`
}

function formatTally(tally: Partial<Record<string, number>>): string {
  return Object.entries(tally)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ')
}

function formatOverview({ progress, seats, revenueMinor }: SaleOverview): string {
  return `operator's view   ${seats.sold} sold, ${seats.held} held, ${seats.available} free, revenue ${revenueMinor.toLocaleString('en')}; ${progress.waiting} waiting, ${progress.active} inside`
}

function formatVerdict(broken: string[]): string {
  return broken.length === 0 ? 'every invariant held' : `BROKEN: ${broken.join('; ')}`
}
