import type { LiveSale } from '@greenroom/contract'
import { listNotAsked, type OracleAsked } from './ask-oracles.ts'
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
  line: { witnesses: number; isLottery: boolean }
  /** Calls of fans that were written down, with what their pages showed. */
  calls: number
  /** Every invariant that was asked: of what fans saw, and, when an operator is named, of the database by the server. */
  oracles: OracleAsked[]
  /** What could not be asked in the end, and why. */
  unchecked: string[]
  /** How often the server asked itself from the start of the run to its end; 0 without an operator. */
  checks: number
  wallets: { checked: number; off: number; offMinor: number }
  maps: MapsChecked
  sale?: LiveSale
}

/** What must hold whatever happened during the run; empty when all is well. */
export function findBroken(report: CrowdReport): string[] {
  const { oracles, wallets, maps } = report
  const broken: [boolean, string][] = [
    ...oracles.map(({ name, faults }): [boolean, string] => [
      faults.length > 0,
      `${name}: ${faults.length} (${faults[0]})`,
    ]),
    [wallets.off > 0, `${wallets.off} wallets off by ${wallets.offMinor} altogether`],
    [maps.soldButShownFree.length > 0, `${maps.soldButShownFree.length} paid seats are not shown as sold`],
    [(report.outcomes.failed ?? 0) > 0, `${report.outcomes.failed} fans failed`],
  ]
  return [
    ...broken.flatMap(([isBroken, sentence]) => (isBroken ? [sentence] : [])),
    ...report.unchecked.map((each) => `not checked: ${each}`),
  ]
}

/** The report for people. */
export function formatReport(report: CrowdReport): string {
  const { maps, wallets, holds } = report
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
    ...formatOracles(report),
    `wallets off       ${wallets.off} of ${wallets.checked}`,
    `maps converged    ${maps.converged} of ${maps.observers} observers`,
    `paid, not sold    ${maps.soldButShownFree.length}`,
    ...(report.sale === undefined ? [] : [formatSale(report.sale)]),
    '',
    formatVerdict(findBroken(report)),
    '',
  ].join('\n')
}

function formatOracles({ oracles, calls, line, checks }: CrowdReport): string[] {
  const ofHistory = oracles.filter((each) => each.of === 'history')
  const ofDatabase = oracles.filter((each) => each.of === 'database')
  const notAsked = listNotAsked(oracles)
  return [
    ...ofHistory.map(({ name, faults }) => `${name.padEnd(38)} ${faults.length}`),
    `asked of ${calls} calls of ${line.witnesses} fans${line.isLottery ? '; a lottery drew their order' : ''}`,
    ...(notAsked.length === 0 ? [] : [`not asked, for want of something to compare: ${notAsked.join(', ')}`]),
    ofDatabase.length === 0
      ? 'the database was not asked: name an operator'
      : `the database, by the server, ${checks} times: ${ofDatabase.length} rules, ${ofDatabase.filter(({ faults }) => faults.length > 0).length} broken`,
    '',
  ]
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

function formatSale({ progress, figures: { seats, revenueMinor } }: LiveSale): string {
  const line = progress === null ? 'line unknown' : `${progress.waiting} waiting, ${progress.active} inside`
  return `operator's view   ${seats.sold} sold, ${seats.held} held, ${seats.available} free, revenue ${revenueMinor.toLocaleString('en')}; ${line}`
}

function formatVerdict(broken: string[]): string {
  return broken.length === 0 ? 'every invariant held' : `BROKEN: ${broken.join('; ')}`
}
