import { errorDetails } from '../../packages/contract/src/errors.ts'
import { type Matcher, readExpression } from './read-expression.ts'
import type { Scrape } from './read-scrape.ts'

/** What Prometheus adds by itself. */
const ownMetrics = new Set(['up'])
const ownLabels = new Set(['job', 'instance'])

/** What is wrong with an expression, given what real processes tell: nothing, when every metric, label and value is there. */
export function findFaults(expression: string, scrape: Scrape): string[] {
  const { isSound, selectors, groupedBy } = readExpression(expression)
  if (!isSound) return [`does not parse: ${expression}`]
  if (selectors.length === 0) return [`asks for nothing: ${expression}`]
  const told = selectors.filter(({ metric }) => !ownMetrics.has(metric))
  const unknown = told.filter(({ metric }) => !scrape.has(metric)).map(({ metric }) => `no metric ${metric}`)
  const mismatched = told.flatMap(({ metric, matchers }) =>
    matchers.flatMap((matcher) => faultOf(matcher, metric, scrape.get(metric)) ?? []),
  )
  const ungrouped = groupedBy
    .filter((name) => !ownLabels.has(name))
    .filter((name) => !told.every(({ metric }) => scrape.get(metric)?.has(name) ?? true))
    .map((name) => `no label ${name} to group by in: ${expression}`)
  return [...unknown, ...mismatched, ...ungrouped]
}

function faultOf(
  { label, op, value }: Matcher,
  metric: string,
  labels: Map<string, Set<string>> | undefined,
): string | undefined {
  if (labels === undefined || ownLabels.has(label)) return undefined
  const values = labels.get(label)
  if (values === undefined) return `no label ${label} on ${metric}`
  // a code that nothing was refused with yet is one all the same
  const known = label === 'outcome' ? [...values, ...Object.keys(errorDetails)] : [...values]
  const pattern = op.includes('~') ? new RegExp(`^(?:${value})$`) : undefined
  const isThere = known.some((each) => (pattern === undefined ? each === value : pattern.test(each)))
  return isThere ? undefined : `no ${label} is ${value} on ${metric}`
}
