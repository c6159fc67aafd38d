import { DomainError, type SignedIn, type SignInInput } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findCredentials } from './accounts-store.ts'
import { checkPassword } from './password-hash.ts'
import { signSession } from './session.ts'
import { insertSession } from './sessions-store.ts'

/**
 * Opens one more session of an account. An unknown e-mail and a wrong password are the same WRONG_CREDENTIALS after
 * the same work; OVERLOADED when too many passwords wait to be checked.
 */
export async function signIn(deps: Deps, input: SignInInput): Promise<SignedIn> {
  const found = await findCredentials(deps.db, input.email)
  const isRight = await checkPassword(found?.passwordHash, input.password)
  if (found === undefined || !isRight) throw new DomainError('WRONG_CREDENTIALS', {})
  const { account, passwordHash } = found
  const session = await insertSession(deps.db.pool, { accountId: account.accountId, passwordHash })
  if (session === undefined) throw new DomainError('WRONG_CREDENTIALS', {})
  return { account, token: signSession(deps.keys.session, account, session) }
}
