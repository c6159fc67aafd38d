import type { ConcertSummary } from '@greenroom/contract'

const urgency: Record<ConcertSummary['phase'], number> = {
  lobby: 0,
  open: 1,
  before: 2,
  paused: 3,
  draining: 4,
  soldOut: 5,
  closed: 6,
}

/** What opens soon first, then what is on sale; what is over last. */
export function byUrgency(concerts: readonly ConcertSummary[]): ConcertSummary[] {
  return concerts.toSorted(
    (a, b) => urgency[a.phase] - urgency[b.phase] || a.opensAtMs - b.opensAtMs || a.concertId - b.concertId,
  )
}
