import { type AccountId, type ConcertId, DomainError, type Entry, isRefusal } from '@greenroom/contract'
import { readAccountByEmail, recordAudit } from '../accounts/index.ts'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { offerToStaff } from './admission-store.ts'
import { askAgainWhenGone } from './ask-again.ts'
import { claimEntry } from './enter-sale.ts'
import { insideEntryOf } from './entry.ts'
import type { InsidePlace } from './queue-store.ts'
import { type LineNow, readLine } from './recent-line.ts'

/**
 * Lets one account in past the line, even over capacity; they take a slot like everybody, so the crowd waits until the
 * room is below capacity again. Their page is told at once. A repeat renews the pass. Should it end half way, they are offered a
 * turn, which the repeat claims. Redis is no part of a transaction, so it is audited before it happens: whoever dies in between
 * leaves an entry for what was not done, never the other way round; what failed is said in a second one. Refuses with NOT_FOUND for
 * the account or the concert, UNAVAILABLE when Redis does not answer, LINE_REBUILDING when it loses the line each time.
 */
export async function admitStaff(
  deps: Deps,
  input: { concertId: ConcertId; operatorId: AccountId; email: string },
): Promise<void> {
  const { concertId, operatorId } = input
  const now = await readLine(deps, concertId)
  const { accountId: fanId } = await readAccountByEmail(deps, input.email)
  const entry = { actorId: operatorId, action: 'line.admitStaff', target: `concert ${concertId}` }
  await recordAudit(deps, { ...entry, after: { fanId } })
  try {
    await putPast(deps, now, fanId)
  } catch (error) {
    const reason = isRefusal(error) ? error.code : 'INTERNAL'
    await hint(deps, 'the audit does not say that staff were not let in', () =>
      recordAudit(deps, { ...entry, action: 'line.admitStaff.failed', after: { fanId, reason } }),
    )
    throw error
  }
}

/**
 * Lets a fan in past the line, as `admitStaff` does, on whatever grounds the caller has; they are inside then. Refuses with
 * LINE_CLOSED once the line is over, NOT_FOUND, UNAVAILABLE or LINE_REBUILDING. A repeat renews the pass.
 */
export async function letInPastLine(
  deps: Deps,
  bearer: { concertId: ConcertId; fanId: AccountId },
): Promise<Entry> {
  const now = await readLine(deps, bearer.concertId)
  if (now.phase === 'closed') throw new DomainError('LINE_CLOSED', { phase: now.phase })
  return insideEntryOf(deps, bearer, await putPast(deps, now, bearer.fanId))
}

async function putPast(deps: Deps, { line }: LineNow, fanId: AccountId): Promise<InsidePlace> {
  const { concertId } = line
  return await askAgainWhenGone(async () => {
    const place = await offerToStaff(deps, line, fanId)
    return await claimEntry(deps, line, { concertId, fanId, place })
  })
}
