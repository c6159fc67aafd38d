import type { TextStorage } from '@greenroom/client'
import type { ConcertId, WorkChallenge } from '@greenroom/contract'
import { puzzlesPerChallenge } from '@greenroom/contract/plain'

/** A challenge and the answers to its first puzzles. */
export type Work = { challenge: WorkChallenge; answers: number[] }

/** A challenge is good for five minutes: of one made in the last three enough is left to go on. */
const takenUpForMs = 180_000

const keyOf = (concertId: ConcertId): string => `greenroom:work:${concertId}`

/** What was done of a challenge stays on the device: who leaves the page, or loses the answer to its proof, goes on with it. */
export function keepWork(storage: TextStorage, concertId: ConcertId, work: Work): void {
  storage.setItem(keyOf(concertId), JSON.stringify(work))
}

/**
 * What to do for the challenge that is asked now: what was begun for one before, while the server takes that. What is done is taken
 * up once: the server may refuse it all the same (another fan's, spent), and then asks anew.
 */
export function takeUpWork(storage: TextStorage, concertId: ConcertId, asked: WorkChallenge): Work {
  const text = storage.getItem(keyOf(concertId))
  storage.removeItem(keyOf(concertId))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as `keepWork` wrote it
  const kept = JSON.parse(text ?? 'null') as Work | null
  const isGood =
    kept !== null &&
    kept.challenge.bits >= asked.bits &&
    kept.challenge.expiresAtMs > asked.expiresAtMs - takenUpForMs
  if (!isGood) return { challenge: asked, answers: [] }
  if (kept.answers.length < puzzlesPerChallenge) keepWork(storage, concertId, kept)
  return kept
}
