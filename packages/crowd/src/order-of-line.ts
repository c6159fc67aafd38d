import { comparePlaces, type PlaceKey } from './place-key.ts'

/** What one fan saw of the line, on one clock each: this process's for `askedMs` and `answeredMs`, the server's for the rest. */
export type LineWitness = {
  place: PlaceKey
  askedMs: number
  answeredMs: number
  /** When the server let them in: the end of their offer, which is one claim window later. Absent: never, or at once. */
  offerEndsMs?: number
}

/**
 * Fans whose place is behind that of somebody who only asked after they had their answer: 0 in a line that is first
 * come, first served. In a lottery the draw decides instead.
 */
export function countJoinInversions(witnesses: readonly LineWitness[]): number {
  const byAnswer = witnesses.toSorted((one, other) => one.answeredMs - other.answeredMs)
  const byAsking = witnesses.toSorted((one, other) => one.askedMs - other.askedMs)
  let inversions = 0
  let index = 0
  let lastBefore: PlaceKey | undefined
  for (const witness of byAsking) {
    // everybody whose answer was there before this one asked must be ahead
    for (; byAnswer[index] !== undefined; index++) {
      const earlier = byAnswer[index]
      if (earlier === undefined || earlier.answeredMs >= witness.askedMs) break
      if (lastBefore === undefined || comparePlaces(earlier.place, lastBefore) > 0) lastBefore = earlier.place
    }
    if (lastBefore !== undefined && comparePlaces(lastBefore, witness.place) > 0) inversions += 1
  }
  return inversions
}

/** Fans who were let in later than somebody with a place behind theirs. One tick lets in many at the same moment. */
export function countAdmissionInversions(witnesses: readonly LineWitness[]): number {
  const offered = witnesses
    .flatMap((witness) =>
      witness.offerEndsMs === undefined ? [] : [{ place: witness.place, atMs: witness.offerEndsMs }],
    )
    .toSorted((one, other) => comparePlaces(one.place, other.place))
  let inversions = 0
  let earliestBehindMs = Number.POSITIVE_INFINITY
  for (const { atMs } of offered.toReversed()) {
    if (atMs > earliestBehindMs) inversions += 1
    earliestBehindMs = Math.min(earliestBehindMs, atMs)
  }
  return inversions
}
