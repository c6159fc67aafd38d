import type { AccountId, ConcertId } from '@greenroom/contract'
import { readAccountByEmail, recordAudit } from '../accounts/index.ts'
import type { Deps } from '../platform/deps.ts'
import { offerToStaff } from './admission-store.ts'
import { askAgainWhenGone } from './ask-again.ts'
import { claimEntry } from './enter-sale.ts'
import { readLine } from './recent-line.ts'

/**
 * Lets one account in past the line, even over capacity; they take a slot like everybody, so the crowd waits until the
 * room is below capacity again. Their page is told at once. Audited before it happens; a repeat renews
 * the pass. Should it end half way, they are offered a turn, which the repeat claims. Refuses with NOT_FOUND for the
 * account or the concert, UNAVAILABLE when Redis does not answer, LINE_REBUILDING when it loses the line each time.
 */
export async function admitStaff(
  deps: Deps,
  input: { concertId: ConcertId; operatorId: AccountId; email: string },
): Promise<void> {
  const { concertId, operatorId } = input
  const now = await readLine(deps, concertId)
  const { accountId: fanId } = await readAccountByEmail(deps, input.email)
  await recordAudit(deps, {
    actorId: operatorId,
    action: 'line.admitStaff',
    target: `concert ${concertId}`,
    after: { fanId },
  })
  await askAgainWhenGone(async () => {
    const place = await offerToStaff(deps, now.line, fanId)
    return await claimEntry(deps, now.line, { concertId, fanId, place })
  })
}
