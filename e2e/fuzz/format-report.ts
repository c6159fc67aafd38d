import type { SaleReport } from './fuzz-sale.ts'
import type { FuzzReport } from './run-fuzz.ts'

/** The report for a person: counts, what was never reached, and each fault with the line that repeats it. */
export function formatReport(report: FuzzReport & Partial<SaleReport>): string {
  const { seed, sent, tookMs, byStatus, byOperation, faults, memory, harm } = report
  const counts = [...byStatus].toSorted(([one], [other]) => one - other)
  const never = (what: 'done' | 'refused'): string =>
    [...byOperation].flatMap(([name, found]) => (found[what] === 0 ? [name] : [])).join(', ') || 'none'
  const lines = [
    `seed ${seed}: ${sent} requests in ${(tookMs / 1_000).toFixed(1)} s, ${Math.round((sent / tookMs) * 1_000)} a second`,
    `statuses: ${counts.map(([status, count]) => `${status} × ${count}`).join(', ')}`,
    `never done: ${never('done')}`,
    `never refused: ${never('refused')}`,
    ...(memory === undefined ? [] : [`memory of the api: ${memory.beforeMb} MB, then ${memory.afterMb} MB`]),
    ...(harm ?? []).map((line) => `harm: ${line}`),
    ...faults.map(
      ({ place, operationId, what, curl }) =>
        `\n${operationId}: ${what}\n  again: pnpm fuzz --seed ${seed} --only ${place}\n  ${curl}`,
    ),
    `${faults.length} faults${harm === undefined ? '' : `, ${harm.length} harms`}`,
  ]
  return `${lines.join('\n')}\n`
}
