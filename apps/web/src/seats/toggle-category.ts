/** Pressing the first class shows it alone; pressing more adds them; all or none is no filter. */
export function toggleCategory(
  filter: ReadonlySet<number> | null,
  code: number,
  total: number,
): ReadonlySet<number> | null {
  const next = new Set(filter)
  if (!next.delete(code)) next.add(code)
  return next.size === 0 || next.size === total ? null : next
}
