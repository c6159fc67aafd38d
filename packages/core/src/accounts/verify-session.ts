import type { Deps } from '../platform/deps.ts'
import { readSession, type Session } from './session.ts'
import { isSessionGood } from './session-revocations.ts'

/**
 * The session behind a token, or `undefined` when the token is not ours, expired, or signed out. Costs no SQL:
 * the token is signed, and the revoked ones are in memory, at most half a second and a query old.
 * Needs `startSessionRevocations` first. While Postgres is away, sessions go on as they were.
 */
export function verifySession(deps: Deps, token: string): Session | undefined {
  const session = readSession(deps.keys, token)
  return session !== undefined && isSessionGood(deps, session) ? session : undefined
}
