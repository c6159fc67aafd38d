import { DomainError, type SignedIn, type SignUpInput } from '@greenroom/contract'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { openWallet } from '../wallet/index.ts'
import { insertAccount } from './accounts-store.ts'
import { hashPassword } from './password-hash.ts'
import { signSession } from './session.ts'
import { deviceOf, type SignsInFrom } from './device.ts'
import { insertSession } from './sessions-store.ts'

/**
 * Makes a fan's account with an empty wallet and signs it in, all or nothing. Refuses with EMAIL_TAKEN, also when two
 * sign up at the same moment, and with OVERLOADED when too many passwords wait to be hashed.
 */
export async function signUp(deps: Deps, input: SignUpInput & SignsInFrom): Promise<SignedIn> {
  const { password, from, ...person } = input
  const passwordHash = await hashPassword(password)
  return await inTransaction(deps.db, async (tx) => {
    const account = await insertAccount(tx, { ...person, passwordHash, role: 'fan' })
    if (account === undefined) throw new DomainError('EMAIL_TAKEN', {})
    await openWallet(tx, account.accountId)
    const session = await insertSession(tx, { accountId: account.accountId, passwordHash }, deviceOf(from))
    if (session === undefined) throw new Error('an account that was just made has another password')
    return { account, token: signSession(deps.keys.session, account, session.opened) }
  })
}
