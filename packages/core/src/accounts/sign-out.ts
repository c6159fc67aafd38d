import type { Deps } from '../platform/deps.ts'
import type { Session } from './session.ts'
import { noteRevoked } from './session-revocations.ts'
import { revokeSession } from './sessions-store.ts'

/**
 * Ends one session: this process refuses its token from now on, every other one within half a second and a query.
 * The account's other sessions go on. Safe to repeat.
 */
export async function signOut(
  deps: Deps,
  session: Pick<Session, 'sessionId' | 'expiresAtMs'>,
): Promise<void> {
  await revokeSession(deps.db, session.sessionId)
  noteRevoked(deps, session.sessionId, session.expiresAtMs)
}
