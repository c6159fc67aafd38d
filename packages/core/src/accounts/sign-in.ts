import { DomainError, type SignedIn, type SignInInput } from '@greenroom/contract'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { findCredentials } from './accounts-store.ts'
import { deviceOf, type SignsInFrom } from './device.ts'
import { knownDeviceOf } from './known-device.ts'
import { checkPassword } from './password-hash.ts'
import { noteRevoked } from './session-revocations.ts'
import { signSession } from './session.ts'
import { insertSession, isKnownNetwork } from './sessions-store.ts'
import { forgiveAttempt, openAttempt, takeBackAttempt } from './sign-in-attempts.ts'
import { strengthenHash } from './strengthen-hash.ts'

/**
 * Opens one more session of an account, whatever session the caller came with; where it has 50, the oldest of them ends. An unknown e-mail and a wrong password are the
 * same WRONG_CREDENTIALS after the same work; RATE_LIMITED after many wrong ones, for longer and longer, which ends no
 * session that is open; OVERLOADED when too many passwords wait to be checked. A hash that is weaker than those of today is made anew.
 */
export async function signIn(deps: Deps, input: SignInInput & SignsInFrom): Promise<SignedIn> {
  const { email, password, from } = input
  const device = knownDeviceOf(deps, { email, deviceToken: from?.deviceToken })
  const attempt = await openAttempt(deps, { email, address: from?.address, device }, async (network) => {
    const found = await findCredentials(deps.db, email)
    return found !== undefined && (await isKnownNetwork(deps.db, { ...found.account, network }))
  })
  const { found, isRight } = await lookAtPassword(deps, input).catch(async (error: unknown) => {
    await takeBackAttempt(deps, attempt)
    throw error
  })
  if (found === undefined || !isRight) throw new DomainError('WRONG_CREDENTIALS', {})
  const { passwordHash: stored } = found
  const { accountId } = found.account
  const passwordHash = await strengthenHash(deps, { accountId, stored, password })
  const session =
    passwordHash === undefined
      ? undefined
      : await inTransaction(deps.db, (tx) => insertSession(tx, { accountId, passwordHash }, deviceOf(from)))
  if (session === undefined) throw new DomainError('WRONG_CREDENTIALS', {})
  for (const { sessionId, expiresAtMs } of session.ended) noteRevoked(deps, sessionId, expiresAtMs)
  await forgiveAttempt(deps, attempt)
  // somebody may have been made an operator, or a fan again, while the password was looked at
  const account = { ...found.account, role: session.role }
  return { account, token: signSession(deps.keys.session, account, session.opened) }
}

/** Refuses with OVERLOADED, and like Postgres while it is away: nobody looked at the password then. */
async function lookAtPassword(deps: Deps, { email, password }: SignInInput) {
  const found = await findCredentials(deps.db, email)
  return { found, isRight: await checkPassword(found?.passwordHash, password) }
}
