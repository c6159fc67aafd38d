import type { AccountId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { noteRevoked } from './session-revocations.ts'
import { noSession, revokeOtherSessions } from './sessions-store.ts'

/**
 * Ends every session of the account, this one too: each is refused here from now on, elsewhere within half a second and a
 * query, and its sockets close. Safe to repeat.
 */
export async function signOutEverywhere(deps: Deps, { accountId }: { accountId: AccountId }): Promise<void> {
  const ended = await revokeOtherSessions(deps.db.pool, { accountId, sessionId: noSession })
  for (const session of ended) noteRevoked(deps, session.sessionId, session.expiresAtMs)
}
