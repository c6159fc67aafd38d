import type { AccountId, ConcertId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { readLine } from './recent-line.ts'
import { readPass } from './tokens.ts'

/**
 * Whether the pass is the fan's own for this concert, was claimed, and has not reached its end: by its signature and the clock
 * alone. Redis or Postgres may know better (it was given up, or spent), so this lets nobody do anything; it is for refusals
 * that would come anyway and must cost nothing. Refuses with PASS_REFUSED `invalid`, `otherFan`, `otherConcert` and with
 * NOT_FOUND.
 */
export async function hasRunningPass(
  deps: Deps,
  input: { concertId: ConcertId; fanId: AccountId; pass: string },
): Promise<boolean> {
  const { kind, endsMs } = readPass(deps, input, input.pass)
  const { nowMs } = await readLine(deps, input.concertId)
  return kind === 'a' && endsMs > nowMs
}
