import {
  type AccountId,
  type BypassCodeId,
  type ConcertId,
  DomainError,
  type Entry,
} from '@greenroom/contract'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { letInPastLine, readLine } from '../waiting-room/index.ts'
import { hashCode, readCode } from './bypass-code.ts'
import { lockCode } from './bypass-store.ts'
import { countGuess, forgetGuess } from './guess-limit-store.ts'
import { countUse, noteLetIn, noteUse, settleUses } from './use-store.ts'

type Fan = { concertId: ConcertId; fanId: AccountId }

/**
 * Lets a fan in past the line by a code that an operator made, also beyond the capacity: they are inside. The use is taken
 * before, so that a code never lets in too many; one that let nobody in is given back to the code when the offer that it may have
 * led to has lapsed. Until then a repeat of the same fan is the same use, as it is for a minute after they were let in. Refuses with
 * LINE_CLOSED once the line is over, whatever the code; RATE_LIMITED after five wrong ones in ten minutes; BYPASS_REFUSED
 * (`unknown`: no such code of this concert, or revoked; `usedUp`); NOT_FOUND, UNAVAILABLE or LINE_REBUILDING.
 */
export async function useBypassCode(deps: Deps, { code, ...fan }: Fan & { code: string }): Promise<Entry> {
  const { line, phase } = await readLine(deps, fan.concertId)
  if (phase === 'closed') throw new DomainError('LINE_CLOSED', { phase })
  await countGuess(deps, fan)
  const bypassCodeId = await takeUse(deps, fan, { typed: code, claimWindowMs: line.claimWindowMs })
  await hint(deps, 'a right code was not taken off the guesses', () => forgetGuess(deps, fan))
  const entry = await letInPastLine(deps, fan)
  const failure = 'a use that let a fan in is counted later, by their place'
  await hint(deps, failure, () => noteLetIn(deps.db, { bypassCodeId, fanId: fan.fanId }))
  return entry
}

async function takeUse(
  deps: Deps,
  { concertId, fanId }: Fan,
  { typed, claimWindowMs }: { typed: string; claimWindowMs: number },
): Promise<BypassCodeId> {
  const code = readCode(typed)
  if (code === undefined) throw refuse('unknown')
  return await inTransaction(deps.db, async (tx) => {
    const found = await lockCode(tx, concertId, hashCode(concertId, code))
    if (found === undefined) throw refuse('unknown')
    const { bypassCodeId } = found
    await settleUses(tx, bypassCodeId, claimWindowMs)
    const isNew = await noteUse(tx, { bypassCodeId, fanId })
    if (isNew && !(await countUse(tx, bypassCodeId))) throw refuse('usedUp')
    return bypassCodeId
  })
}

function refuse(reason: 'unknown' | 'usedUp'): DomainError {
  return new DomainError('BYPASS_REFUSED', { reason })
}
