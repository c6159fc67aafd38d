import { type AccountId, type ChangePasswordInput, DomainError } from '@greenroom/contract'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { findPasswordHash, replacePasswordHash } from './accounts-store.ts'
import { checkPassword, hashPassword } from './password-hash.ts'
import { noteRevoked } from './session-revocations.ts'
import { revokeOtherSessions } from './sessions-store.ts'

/**
 * Sets a new password and ends all other sessions of the account, at once or not at all: whoever had the old password has
 * nothing any more. This session goes on. Refuses with WRONG_CREDENTIALS when the current password is another one, also when
 * it was changed at the same moment, so a repeat is refused; OVERLOADED when too many passwords wait to be checked.
 */
export async function changePassword(
  deps: Deps,
  input: ChangePasswordInput & { accountId: AccountId; sessionId: number },
): Promise<void> {
  const { accountId, sessionId } = input
  const from = await findPasswordHash(deps.db, accountId)
  const isRight = await checkPassword(from, input.currentPassword)
  if (from === undefined || !isRight) throw new DomainError('WRONG_CREDENTIALS', {})
  const to = await hashPassword(input.newPassword)
  const ended = await inTransaction(deps.db, async (tx) => {
    if (!(await replacePasswordHash(tx, accountId, { from, to })))
      throw new DomainError('WRONG_CREDENTIALS', {})
    return await revokeOtherSessions(tx, { accountId, sessionId })
  })
  for (const session of ended) noteRevoked(deps, session.sessionId, session.expiresAtMs)
}
