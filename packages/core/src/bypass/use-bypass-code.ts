import { type AccountId, type ConcertId, DomainError, type Entry } from '@greenroom/contract'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { letInPastLine } from '../waiting-room/index.ts'
import { hashCode, readCode } from './bypass-code.ts'
import { countUse, lockCode, noteUse } from './bypass-store.ts'
import { countGuess, forgetGuess } from './guess-limit-store.ts'

/**
 * Lets a fan in past the line by a code that an operator made, also beyond the capacity: they are inside. The use is counted
 * before; a repeat of the same fan within a minute is the same use. Refuses with BYPASS_REFUSED (`unknown`: no such code of this
 * concert, or revoked; `usedUp`), RATE_LIMITED after five wrong ones in ten minutes, LINE_CLOSED, NOT_FOUND, UNAVAILABLE or
 * LINE_REBUILDING.
 */
export async function useBypassCode(
  deps: Deps,
  { code, ...fan }: { concertId: ConcertId; fanId: AccountId; code: string },
): Promise<Entry> {
  await countGuess(deps, fan)
  await takeUse(deps, fan, code)
  await hint(deps, 'a right code was not taken off the guesses', () => forgetGuess(deps, fan))
  return await letInPastLine(deps, fan)
}

async function takeUse(
  deps: Deps,
  { concertId, fanId }: { concertId: ConcertId; fanId: AccountId },
  typed: string,
): Promise<void> {
  const code = readCode(typed)
  if (code === undefined) throw refuse('unknown')
  await inTransaction(deps.db, async (tx) => {
    const found = await lockCode(tx, concertId, hashCode(concertId, code))
    if (found === undefined) throw refuse('unknown')
    const isNew = await noteUse(tx, found.bypassCodeId, fanId)
    if (isNew && !(await countUse(tx, found.bypassCodeId))) throw refuse('usedUp')
  })
}

function refuse(reason: 'unknown' | 'usedUp'): DomainError {
  return new DomainError('BYPASS_REFUSED', { reason })
}
