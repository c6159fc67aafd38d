/** Those parts of a wish that are not as they were: what another operator changes meanwhile is not put back. */
export function changedParts<T extends object>(wish: T, before: T): Partial<T> {
  const changed: Partial<T> = { ...wish }
  for (const name in wish) {
    if (JSON.stringify(wish[name]) === JSON.stringify(before[name])) delete changed[name]
  }
  return changed
}
