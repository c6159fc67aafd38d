import type { AccountId, ConcertId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { dropPlace } from './queue-store.ts'

/**
 * Gives up the fan's place, offer or pass for good: those behind move up, a slot serves the next fan. Live holds stay
 * until they end and can still be paid. Safe to repeat; refuses with UNAVAILABLE when Redis does not answer.
 */
export async function leaveLine(
  deps: Deps,
  input: { concertId: ConcertId; fanId: AccountId },
): Promise<{ left: boolean }> {
  return { left: await dropPlace(deps, input.concertId, input.fanId) }
}
