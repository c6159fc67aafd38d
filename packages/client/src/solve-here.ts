import { DomainError } from '@greenroom/contract/plain'
import type { SolveChallenge } from './join-with-proof.ts'

/**
 * Solves work in this thread, in short turns, by code that is loaded when it is first needed. A provider's widget needs a page:
 * rejects with CHALLENGE_REQUIRED.
 */
export const solveHere: SolveChallenge = async (challenge) => {
  if (challenge.kind !== 'work') throw new DomainError('CHALLENGE_REQUIRED', { challenge })
  const { solveWork } = await import('./solve-work.ts')
  return await solveWork(challenge)
}
