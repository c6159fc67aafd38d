type Place = [key: string | null, type: number, part: number]
type Encoded = [value: [unknown] | [], ...places: Place[]]
type Line = [part: number, status: number, value: Encoded]

/** The status of a part that failed, by the type of its place: what it holds is an error and has no places of its own. */
const failedStatuses = [1, 2]

/**
 * A streamed batch with each answer in its place instead of on a line of its own; any other body as it is.
 *
 * The stock adapter sends each answer as it comes and numbers the parts by that, so of two calls in one batch either may
 * be first, at each asking anew. All else of the lines is kept: values, statuses, and the order within one part. The form
 * is that of https://github.com/trpc/trpc/blob/main/packages/server/src/unstable-core-do-not-import/stream/jsonl.ts.
 */
export function orderByCall(body: string): string {
  const [head, ...lines] = body.split('\n').filter((line) => line.trim() !== '')
  if (head === undefined || lines.length === 0 || !head.startsWith('{"0":[[0],')) return body
  const calls: Record<string, Encoded> = JSON.parse(head)
  const parts: Line[] = lines.map((line) => JSON.parse(line))

  const unfold = ([value, ...places]: Encoded): unknown => [
    value,
    ...places.map(([key, type, place]) => [
      key,
      type,
      parts
        .filter(([part]) => part === place)
        .map(([, status, held]) => [status, status === failedStatuses[type] ? held : unfold(held)]),
    ]),
  ]
  return JSON.stringify(Object.entries(calls).map(([call, encoded]) => [call, unfold(encoded)]))
}
