import type { Finding } from './measure.ts'

const headings = ['operation', 'value', 'unit', 'floor', 'ratio', 'goal', 'met', 'success', 'p50', 'p99']

/** The findings as a table for people; what each was measured against stands below. */
export function formatTable(findings: readonly Finding[]): string {
  const lines = [headings, ...findings.map(cellsOf)]
  const widths = headings.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  const table = lines.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  const floors = findings.map((finding) => `  ${finding.operation}: ${finding.floorName}`)
  return [...table.map((line) => line.trimEnd()), '', 'floors', ...floors].join('\n')
}

function cellsOf(finding: Finding): string[] {
  return [
    finding.operation,
    whole(finding.value),
    finding.unit,
    whole(finding.floor),
    finding.ratio.toFixed(2),
    `>= ${finding.goal}`,
    finding.met === null ? '-' : finding.met ? 'yes' : 'no',
    `${(finding.success * 100).toFixed(finding.success === 1 ? 0 : 2)} %`,
    milliseconds(finding.p50Ms),
    milliseconds(finding.p99Ms),
  ]
}

const whole = (value: number): string => Math.round(value).toLocaleString('en')
const milliseconds = (value: number | null): string => (value === null ? '-' : `${value.toFixed(1)} ms`)

/** What makes a rate worth nothing: calls that failed, on either side. */
export function findFailures(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ success, floorSuccess }) => success < 1 || floorSuccess < 1)
    .map(({ operation, success, floorSuccess, failure }) => {
      const share = `${(success * 100).toFixed(2)} % of its calls and ${(floorSuccess * 100).toFixed(2)} % of the floor's`
      return `${operation}: only ${share} succeeded; the first failure: ${failure ?? 'unknown'}`
    })
}
