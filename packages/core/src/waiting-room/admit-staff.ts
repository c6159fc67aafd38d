import type { AccountId, ConcertId } from '@greenroom/contract'
import { readAccountByEmail, recordAudit } from '../accounts/index.ts'
import type { Deps } from '../platform/deps.ts'
import { letStaffIn } from './admission-store.ts'
import { insertEnteredPlace } from './line-store.ts'
import { readLine } from './recent-line.ts'

/**
 * Lets one account in past the line, even over capacity; they take a slot like everybody, so the crowd waits until the
 * room is below capacity again. Their page learns it as any fan's does. Audited before it happens; a repeat renews
 * the pass. Refuses with NOT_FOUND for the account or the concert, UNAVAILABLE when Redis does not answer.
 */
export async function admitStaff(
  deps: Deps,
  input: { concertId: ConcertId; operatorId: AccountId; email: string },
): Promise<void> {
  const { concertId, operatorId } = input
  const { line } = await readLine(deps, concertId)
  const { accountId: fanId } = await readAccountByEmail(deps, input.email)
  await recordAudit(deps, {
    actorId: operatorId,
    action: 'line.admitStaff',
    target: `concert ${concertId}`,
    after: { fanId },
  })
  await insertEnteredPlace(deps.db, { concertId, fanId, ...(await letStaffIn(deps, line, fanId)) })
}
