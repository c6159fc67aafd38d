import type { Violation } from '@greenroom/oracles'
import type { Machine } from '../report/machine.ts'

export type DrillOptions = {
  fans: number
  /** How long fans buy before and after. */
  seconds: number
  say: (line: string) => void
}

export type DrillReport = {
  name: DrillName
  says: string
  commit: string
  machine: Machine
  finishedAt: string
  figures: Record<string, number>
  violations: Violation[]
}

export const drillNames = ['promotion', 'backup'] as const
export type DrillName = (typeof drillNames)[number]

/** Its page. */
export function formatDrill(report: DrillReport): string {
  const { cpu, cores, memoryGb, node } = report.machine
  const found = report.violations.map(({ oracle, fault }) => `- ${oracle}: ${fault}`)
  const isProven = found.length === 0
  return [
    `# Drill: ${report.name}`,
    '',
    `Made by \`pnpm drill --only ${report.name} --out docs\`; nothing in it is typed by hand. Two apis, two gateways and two workers`,
    'behind proxies, and fans who buy all the time.',
    '',
    `${report.says}. **${isProven ? 'Nothing that had to stay was lost, and no rule is broken.' : 'NOT proven:'}**`,
    ...(isProven ? [] : ['', ...found]),
    '',
    '|  |  |',
    '|---|---:|',
    ...Object.entries(report.figures).map(([name, value]) => `| ${name} | ${value.toLocaleString('en')} |`),
    '',
    `Commit ${report.commit}; ${cpu}, ${cores} cores, ${memoryGb} GB, Node ${node}; finished ${report.finishedAt}.`,
    '',
  ].join('\n')
}
