/** A column for each thing drawn, the first one of times: what the chart takes. */
export type Columns = [atSeconds: number[], ...values: (number | null)[][]]

/** A sample may come a slot late; what is missing beyond that was not measured. */
const slackSteps = 2.5

/**
 * The same points with a hole wherever one or more steps were not measured, so that no line is drawn through what nobody knows.
 * Samples that were thinned lie a minute apart.
 */
export function withGaps(
  atMs: readonly number[],
  columns: readonly (readonly (number | null)[])[],
  { stepMs, newestMs }: { stepMs: number; newestMs: number },
): Columns {
  const times: number[] = []
  const values = columns.map((): (number | null)[] => [])
  atMs.forEach((pointMs, at) => {
    const before = atMs[at - 1]
    const grainMs = newestMs - pointMs > thinnedAfterMs ? Math.max(stepMs, minuteMs) : stepMs
    if (before !== undefined && pointMs - before > slackSteps * grainMs) {
      times.push((before + stepMs) / 1_000)
      for (const column of values) column.push(null)
    }
    times.push(pointMs / 1_000)
    for (const [each, column] of values.entries()) column.push(columns[each]?.[at] ?? null)
  })
  return [times, ...values]
}

const minuteMs = 60_000
/** As long as samples are kept one by one; the hourly thinning may be late, never early. */
const thinnedAfterMs = 6 * 3_600_000 - minuteMs
