/** At most so many of these, evenly, and the newest always: what a table can show that one reads. */
export function thinRows(count: number, most: number): number[] {
  const every = Math.max(1, Math.ceil(count / most))
  return Array.from({ length: Math.ceil(count / every) }, (_, row) => count - 1 - row * every)
}
