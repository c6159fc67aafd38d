/** One thing that is other than before, by its path; `undefined`: it was not there. */
export type Change = { path: string; before: string | undefined; after: string | undefined }

/** As many as somebody reads; the file of the audit has them all. */
const mostChanges = 40

/**
 * What differs between the state before a deed and after it, in the order of the state after. Where only one of the two was
 * written down, all of that.
 */
export function listChanges(before: unknown, after: unknown): Change[] {
  const [was, is] = [flatten(before), flatten(after)]
  const paths = new Set([...is.keys(), ...was.keys()])
  return [...paths]
    .map((path) => ({ path, before: was.get(path), after: is.get(path) }))
    .filter((change) => change.before !== change.after)
    .slice(0, mostChanges)
}

function flatten(value: unknown, path = ''): Map<string, string> {
  if (value === undefined || (value === null && path === '')) return new Map()
  if (!isObject(value)) return new Map([[path, tell(value)]])
  const inside = Object.entries(value).flatMap(([key, part]) => [
    ...flatten(part, path === '' ? key : `${path}.${key}`),
  ])
  return new Map(inside)
}

/** A list is told as a whole: its places mean nothing by themselves. */
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function tell(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
