import { parser } from '@prometheus-io/lezer-promql'
import type { SyntaxNode } from '@lezer/common'

/** What one concert's metrics are, by name, and were at the beginning of every range. */
export type Situation = { now: ReadonlyMap<string, number>; before: ReadonlyMap<string, number> }

/**
 * What an expression says of one concert: its value, or `null` where a metric is absent or a comparison does not hold, as Prometheus
 * leaves such a series out. Knows what alerts of lines are made of: `max by (concert)` and `min by (concert)` of metrics that have
 * this one label, `delta`, comparisons, `and`, `*` and numbers. Throws at anything else.
 */
export function evaluate(expression: string, situation: Situation): number | null {
  const textOf = ({ from, to }: SyntaxNode): string => expression.slice(from, to)

  function valueOf(node: SyntaxNode): number | null {
    const [first, second, third] = childrenOf(node)
    if (node.name === 'NumberDurationLiteral') return Number(textOf(node))
    if (node.name === 'VectorSelector') return situation.now.get(textOf(node)) ?? null
    if (first !== undefined && (node.name === 'PromQL' || node.name === 'FunctionCallBody'))
      return valueOf(first)
    if (node.name === 'FunctionCall' && first !== undefined && second !== undefined) {
      if (textOf(first) !== 'delta') throw new Error(`no such function here: ${textOf(node)}`)
      return deltaOf(second)
    }
    if (node.name === 'AggregateExpr' && third !== undefined) {
      if (!/^(max|min) by \(concert\) /.test(textOf(node)))
        throw new Error(`not of one concert: ${textOf(node)}`)
      return valueOf(third)
    }
    if (node.name === 'BinaryExpr' && first !== undefined && second !== undefined && third !== undefined)
      return combine(textOf(second), valueOf(first), valueOf(third))
    throw new Error(`${node.name} is not known here: ${textOf(node)}`)
  }

  function deltaOf(body: SyntaxNode): number | null {
    const metric = /^\((\w+)\[\w+\]\)$/.exec(textOf(body))?.[1]
    if (metric === undefined) throw new Error(`no range of a metric: ${textOf(body)}`)
    const [now, before] = [situation.now.get(metric), situation.before.get(metric)]
    return now === undefined || before === undefined ? null : now - before
  }

  return valueOf(parser.parse(expression).topNode)
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '>': (left, right) => left > right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '==': (left, right) => left === right,
}

function combine(operator: string, left: number | null, right: number | null): number | null {
  if (left === null || right === null) return null
  if (operator === 'and') return left
  if (operator === '*') return left * right
  const holds = comparisons[operator]
  if (holds === undefined) throw new Error(`no such operator here: ${operator}`)
  return holds(left, right) ? left : null
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child)
  return children
}
