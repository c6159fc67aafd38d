import { parser } from '@prometheus-io/lezer-promql'
import type { SyntaxNode } from '@lezer/common'

export type Matcher = { label: string; op: string; value: string }
/** What an expression asks of the metrics; of one that does not parse, nothing but that. */
export type Expression = {
  isSound: boolean
  selectors: { metric: string; matchers: Matcher[] }[]
  /** Labels that it groups by. */
  groupedBy: string[]
}

/** Reads a PromQL expression by the grammar of Prometheus' own editor. */
export function readExpression(text: string): Expression {
  const read: Expression = { isSound: true, selectors: [], groupedBy: [] }
  const textOf = ({ from, to }: { from: number; to: number }): string => text.slice(from, to)
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) read.isSound = false
      if (node.name === 'VectorSelector') read.selectors.push(readSelector(node.node, textOf))
      if (node.name === 'GroupingLabels')
        read.groupedBy.push(...node.node.getChildren('LabelName').map(textOf))
    },
  })
  return read
}

function readSelector(
  node: SyntaxNode,
  textOf: (node: SyntaxNode) => string,
): { metric: string; matchers: Matcher[] } {
  const name = node.getChild('Identifier')
  const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []
  const part = (of: SyntaxNode, kind: string): string => {
    const child = of.getChild(kind)
    return child === null ? '' : textOf(child)
  }
  return {
    metric: name === null ? '' : textOf(name),
    matchers: matchers.map((matcher) => ({
      label: part(matcher, 'LabelName'),
      op: part(matcher, 'MatchOp'),
      value: part(matcher, 'StringLiteral').slice(1, -1),
    })),
  }
}
