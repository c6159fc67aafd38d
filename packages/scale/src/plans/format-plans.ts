import type { Plan } from './explain-statements.ts'
import type { OperationPlans } from './run-plans.ts'

/** The same operations on a small and on a large show. */
export type PlansFound = {
  small: OperationPlans[]
  large: OperationPlans[]
  smallSeats: number
  largeSeats: number
}

/** Statements that read a whole table: none has a reason to. */
export function findScans(found: PlansFound): string[] {
  return plansOf(found.large).flatMap(({ name, lines }) =>
    lines.filter((line) => /Seq Scan on/.test(line)).map((line) => `${name}: ${line.trim()}`),
  )
}

/** `docs/plans.md`. */
export function formatPlans(found: PlansFound, commit: string): string {
  const { small, large, smallSeats, largeSeats } = found
  const scans = findScans(found)
  const smallPlans = new Map(plansOf(small).map((plan) => [plan.name, plan]))
  const rows = large.flatMap(({ operation, plans }) =>
    plans.map((plan, index) => {
      const twin = smallPlans.get(plan.name)
      const before = twin === undefined ? '-' : `${pagesOf(twin)}`
      return `| ${index === 0 ? operation : ''} | [\`${plan.name}\`](#${plan.name}) | ${before} | ${pagesOf(plan)} |`
    }),
  )
  return [
    '# How Postgres runs the hot statements',
    '',
    'Made by `pnpm plans --out docs`; nothing in it is typed by hand. Each statement is explained as the product sends it: on its connection, with its settings and its',
    'generic plan, in its own transaction, with its own values, in a sale that is half over. A statement is listed where it is sent first; `begin` and `commit` are left out.',
    '',
    scans.length === 0
      ? '**No statement reads a whole table.**'
      : `**Statements that read a whole table:** ${scans.join('; ')}.`,
    '',
    `Pages of 8 kB that it touches, in shows of ${count(smallSeats)} and of ${count(largeSeats)} seats; what belongs to foreign keys and triggers is counted where Postgres counts it.`,
    '',
    `| operation | statement | ${count(smallSeats)} seats | ${count(largeSeats)} seats |`,
    '|---|---|---:|---:|',
    ...rows,
    '',
    `Commit ${commit}.`,
    '',
    ...large.flatMap(({ operation, plans }) => [
      `## ${operation.replace(/^./, (letter) => letter.toUpperCase())}`,
      '',
      ...plans.flatMap(formatPlan),
    ]),
  ].join('\n')
}

function formatPlan({ name, sql, lines }: Plan): string[] {
  const margin = Math.min(
    ...sql
      .split('\n')
      .slice(1)
      .filter((line) => line.trim() !== '')
      .map((line) => line.search(/\S/)),
  )
  const text = sql.split('\n').map((line, index) => (index === 0 ? line : line.slice(margin)))
  return [
    `### ${name}`,
    '',
    '```sql',
    ...text.map((line) => line.trimEnd()).filter((line) => line !== ''),
    '```',
    '',
    '```',
    ...lines,
    '```',
    '',
  ]
}

/** All pages the statement touched: the first line about buffers is the whole plan's. */
export function pagesOf({ lines }: Pick<Plan, 'lines'>): number {
  const buffers = lines.find((line) => /^\s*Buffers: /.test(line)) ?? ''
  return [...buffers.matchAll(/(?:hit|read)=(\d+)/g)].reduce((sum, [, pages]) => sum + Number(pages), 0)
}

const plansOf = (operations: readonly OperationPlans[]): Plan[] => operations.flatMap(({ plans }) => plans)

function count(value: number): string {
  return value.toLocaleString('en')
}
