import type { ProcedureSaleReport } from './fuzz-procedures.ts'

/** The report for a person: what each procedure and event got, what was never done, and each fault with what caused it. */
export function formatProcedures(report: ProcedureSaleReport): string {
  const { seed, sent, tookMs, byTarget, faults, harm, memory, isCut } = report
  const rows = [...byTarget]
  const least = (kind: 'near' | 'hostile'): number => Math.min(...rows.map(([, tally]) => tally[kind]))
  const never = rows.flatMap(([target, { done }]) => (done === 0 ? [target] : []))
  const lines = [
    `seed ${seed}: ${sent} calls and events in ${(tookMs / 1_000).toFixed(1)} s${isCut ? ', cut by the time limit' : ''}`,
    `${rows.length} procedures and events, each at least ${least('near')} near and ${least('hostile')} hostile`,
    `never done: ${never.join(', ') || 'none'}`,
    `memory: api ${memory.api.join(', ')} MB; gateway ${memory.gateway.join(', ')} MB`,
    ...harm.map((line) => `harm: ${line}`),
    ...faults.map(({ target, kind, at, what, fault }) => `\n${target}, ${kind} ${at}: ${fault}\n  ${what}`),
    `${faults.length} faults, ${harm.length} harms`,
  ]
  return `${lines.join('\n')}\n`
}
