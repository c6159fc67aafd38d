import { type AccountId, DomainError } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { noteRevoked } from './session-revocations.ts'
import { revokeOwnSession } from './sessions-store.ts'

/**
 * Signs one device of the account out: its token is refused here from now on, elsewhere within half a second and a query, and its
 * sockets close. NOT_FOUND when there is no such session, it has ended, or it is somebody else's; so a repeat is refused, and
 * harmless.
 */
export async function endSession(
  deps: Deps,
  own: { accountId: AccountId; sessionId: number },
): Promise<void> {
  const ended = await revokeOwnSession(deps.db, own)
  if (ended === undefined) throw new DomainError('NOT_FOUND', { what: 'session' })
  noteRevoked(deps, ended.sessionId, ended.expiresAtMs)
}
