import type { AccountId, ConcertId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { publishFanMove } from './line-events-store.ts'
import { dropPlace } from './queue-store.ts'

/**
 * Gives up the fan's place, offer or pass for good: those behind move up, a slot serves the next fan. Live holds stay
 * until they end and can still be paid. Safe to repeat; refuses with UNAVAILABLE when Redis does not answer.
 */
export async function leaveLine(
  deps: Deps,
  input: { concertId: ConcertId; fanId: AccountId },
): Promise<{ left: boolean }> {
  const left = await dropPlace(deps, input.concertId, input.fanId)
  if (left) {
    await hint(deps, 'other devices were not told of a leave', () =>
      publishFanMove(deps, { ...input, hasEnded: true }),
    )
  }
  return { left }
}
