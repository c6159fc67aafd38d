import type { Finding } from './finding.ts'
import type { ProcessCost } from './process-cost.ts'

const headings = ['operation', 'value', 'unit', 'floor', 'ratio', 'goal', 'met', 'success', 'p50', 'p99']

/** The findings as a table for people; what each was measured against, and what each process spent, stand below. */
export function formatTable(findings: readonly Finding[]): string {
  const table = alignColumns([headings, ...findings.map(cellsOf)])
  return [table, ...formatNotes(findings)].join('\n')
}

/** The same for a page. */
export function formatMarkdown(findings: readonly Finding[]): string {
  const rows = [headings, headings.map(() => '---'), ...findings.map(cellsOf)]
  const table = rows.map((cells) => `| ${cells.join(' | ')} |`)
  const notes = formatNotes(findings).map((line) => (line.startsWith('  ') ? `- ${line.trim()}` : line))
  return [...table, ...notes].join('\n').replaceAll(/^(floors|processes|details)$/gm, '## $1\n')
}

function alignColumns(lines: readonly string[][]): string {
  const widths = headings.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  return lines
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
}

function formatNotes(findings: readonly Finding[]): string[] {
  const floors = findings.flatMap(({ operation, floorName }) =>
    floorName === null ? [] : [`  ${operation}: ${floorName}`],
  )
  const costs = findings.flatMap(({ operation, processes }) =>
    processes.length === 0 ? [] : [`  ${operation}: ${processes.map(formatCost).join('; ')}`],
  )
  const details = findings.flatMap(({ operation, details: told }) => {
    const facts = Object.entries(told).map(([name, value]) => `${name} ${formatFact(value)}`)
    return facts.length === 0 ? [] : [`  ${operation}: ${facts.join(', ')}`]
  })
  const section = (title: string, lines: string[]): string[] =>
    lines.length === 0 ? [] : ['', title, ...lines]
  return [...section('floors', floors), ...section('processes', costs), ...section('details', details)]
}

function formatCost({ process, oursUs, floorUs, oursCores, memoryMiB }: ProcessCost): string {
  const busy = `${Math.round(oursCores * 100)} % of a core`
  return `${process} ${oursUs.toFixed(1)} us a call (floor ${floorUs.toFixed(1)}), ${busy}, ${Math.round(memoryMiB)} MiB`
}

const formatFact = (value: number | string | boolean): string =>
  typeof value === 'number' ? significant(value) : String(value)

function cellsOf(finding: Finding): string[] {
  return [
    finding.operation,
    significant(finding.value),
    finding.unit,
    finding.floor === null ? '-' : significant(finding.floor),
    finding.ratio === null ? '-' : finding.ratio.toFixed(2),
    finding.goalText,
    finding.met === null ? '-' : finding.met ? 'yes' : 'no',
    `${(finding.success * 100).toFixed(finding.success === 1 ? 0 : 2)} %`,
    milliseconds(finding.p50Ms),
    milliseconds(finding.p99Ms),
  ]
}

/** Whole from a hundred on, else three digits: rates and milliseconds stand in one column. */
const significant = (value: number): string =>
  Math.abs(value) >= 100
    ? Math.round(value).toLocaleString('en')
    : value.toLocaleString('en', { maximumSignificantDigits: 3 })
const milliseconds = (value: number | null): string => (value === null ? '-' : `${value.toFixed(1)} ms`)

/** What makes a row worth nothing: calls that failed, on either side. */
export function findFailures(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ success, floorSuccess }) => success < 1 || (floorSuccess ?? 1) < 1)
    .map(({ operation, success, floorSuccess, failure }) => {
      const floor = floorSuccess === null ? '' : ` and ${(floorSuccess * 100).toFixed(2)} % of the floor's`
      return `${operation}: only ${(success * 100).toFixed(2)} % of its calls${floor} succeeded; the first failure: ${failure ?? 'unknown'}`
    })
}
