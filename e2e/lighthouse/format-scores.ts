import { findWanting, type PageScores } from './floors.ts'

/** The scores as a table, what cost points below it, and last what is below its floor. */
export function formatScores(results: PageScores[]): string {
  const rows = results.map(({ page, form, scores, ...times }) => [
    page,
    form,
    scores.performance,
    scores.accessibility,
    scores['best-practices'],
    Math.round(times.firstPaintMs),
    Math.round(times.largestPaintMs),
    Math.round(times.blockingMs),
    times.layoutShift.toFixed(3),
  ])
  const table = [
    [
      'page',
      'on a',
      'performance',
      'accessibility',
      'best practices',
      'first paint ms',
      'largest ms',
      'blocked ms',
      'shift',
    ],
    Array.from({ length: 9 }, () => '---'),
    ...rows,
  ].map((row) => `| ${row.join(' | ')} |`)
  const losses = results.flatMap(({ page, form, losses: lost }) =>
    lost.map(({ audit, score, shown }) => `${page}, ${form}: ${audit} ${score} ${shown}`.trimEnd()),
  )
  const wanting = findWanting(results).map((sentence) => `below its floor: ${sentence}`)
  return `${[...table, '', ...losses, ...wanting].join('\n')}\n`
}
