import type { Violation } from '../violation.ts'

/** What Redis says of one line at one moment. */
export type LineReading = {
  concertId: number
  /** Offers and passes that have a slot. */
  inside: number
  /**
   * As many as may be: the largest capacity since the last look, or as many as were inside then when that is more (a
   * capacity may be lowered while fans are inside), and the staff who were let in since.
   */
  allowed: number
  /** Fans who have a slot and wait for one as well. */
  doubled: readonly number[]
}

/** The names of what `checkLine` finds: the same as those of histories, which say the same of what fans saw. */
export const lineOracles = ['never-more-inside-than-there-is-room', 'one-live-entry-per-fan'] as const

/**
 * What breaks the rules of a line. None names a show: who is let in decides nothing about seats, which are sold by their
 * own rules, so a breach is a reason to look and not to stop selling.
 */
export function checkLine({ concertId, inside, allowed, doubled }: LineReading): Violation[] {
  const crowded = `${inside} are inside concert ${concertId}, which had room for ${allowed}`
  return [
    ...(inside > allowed ? [{ oracle: lineOracles[0], fault: crowded }] : []),
    ...doubled.map((fanId) => ({
      oracle: lineOracles[1],
      fault: `fan ${fanId} is inside concert ${concertId} and waits in its line`,
    })),
  ]
}
