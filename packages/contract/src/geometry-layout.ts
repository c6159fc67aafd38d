/** "GRSG" and the version of the layout. A new layout is a new version; files never change, their names are their hashes. */
export const geometryMagic = Uint8Array.of(0x47, 0x52, 0x53, 0x47, 1)

/** The largest plan the product takes: more than twice the largest stadium. Readers allocate by it, so it is a bound. */
export const maxSeatsPerPlan = 200_000

/**
 * Where seat `index` of a row is expected, in steps, given the positions before it: a row goes on the way it went; its
 * second seat follows the direction the row before took; its first continues the line through the two rows before.
 */
export function expectedAt(
  steps: Int32Array,
  starts: { row: number; before: number; beforeThat: number },
  index: number,
): number {
  const at = (ordinal: number): number => steps[ordinal] ?? 0
  if (index >= 2) return 2 * at(starts.row + index - 1) - at(starts.row + index - 2)
  if (starts.before < 0) return index === 0 ? 0 : at(starts.row)
  if (index === 1) return at(starts.row) + at(starts.before + 1) - at(starts.before)
  return starts.beforeThat < 0 ? at(starts.before) : 2 * at(starts.before) - at(starts.beforeThat)
}
