import { type AccountId, type ConcertId, DomainError } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { requireAsSeen } from '../platform/require-as-seen.ts'
import type { Guards } from './guards.ts'
import { lockGuards, updateGuards } from './guards-store.ts'
import { forgetLineGuards } from './read-line-guards.ts'

type Change = { [Name in keyof Guards]?: Guards[Name] | undefined }

/**
 * Sets what newcomers to a line are asked for; what is left out stays. Who has a place keeps it. Audited in the same
 * transaction; every process follows within a second. Safe to repeat. Refuses with NOT_FOUND, and with BAD_INPUT a provider
 * where none is set up, or a part that another operator changed meanwhile: it is not as `from` has it.
 */
export async function guardLine(
  deps: Deps,
  {
    concertId,
    operatorId,
    from,
    ...change
  }: Change & { concertId: ConcertId; operatorId: AccountId; from?: Change | undefined },
): Promise<void> {
  if (change.challenge === 'provider' && deps.settings.challengeProvider === undefined) {
    const message = 'this server has no challenge provider'
    throw new DomainError('BAD_INPUT', { faults: [{ path: 'challenge', message, reason: 'noProvider' }] })
  }
  await inTransaction(deps.db, async (tx) => {
    const before = await lockGuards(tx, concertId)
    requireAsSeen(before, from, change)
    const after: Guards = {
      challenge: change.challenge ?? before.challenge,
      challengeBits: change.challengeBits ?? before.challengeBits,
      mostPerAddress: change.mostPerAddress === undefined ? before.mostPerAddress : change.mostPerAddress,
    }
    await updateGuards(tx, concertId, after)
    const target = `concert ${concertId}`
    await recordAudit(deps, { actorId: operatorId, action: 'line.guard', target, before, after }, tx)
  })
  forgetLineGuards(deps, concertId)
}
