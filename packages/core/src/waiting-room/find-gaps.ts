import type { Gap } from './line-moves-store.ts'
import type { ToldMoves } from './told-moves-store.ts'

const epochOf = (entry: number): number => Math.floor(entry / 2 ** 40)

/**
 * Where something may be missing between what is copied and what Redis has. Entries count up by one within an epoch. A new epoch
 * begins when Redis was lost, or may have forgotten its last writes; a number that is left out was dropped before it was copied.
 * `last.atMs`: when the last entry before was told, or all was known to be copied.
 */
export function findGaps(
  last: { entry: number; atMs: number },
  { entries, newestEntry, nowMs }: Pick<ToldMoves, 'entries' | 'newestEntry' | 'nowMs'>,
  isAll: boolean,
): Gap[] {
  const steps = entries.map(({ entry, atMs }) => ({ entry, atMs }))
  // when there are no more entries, the last one told must be the newest: else the rest is lost
  const end = steps.at(-1) ?? last
  if (isAll && newestEntry > end.entry) steps.push({ entry: newestEntry + 1, atMs: nowMs })
  return steps.flatMap((step, at): Gap[] => {
    const before = steps[at - 1] ?? last
    if (step.entry === before.entry + 1) return []
    const isNewEpoch = epochOf(step.entry) > epochOf(before.entry)
    return [{ fromMs: before.atMs, toMs: step.atMs, reason: isNewEpoch ? 'redisLost' : 'tooLate' }]
  })
}
