import type { AccountId } from '@greenroom/contract'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { findPasswordHash, replacePasswordHash } from './accounts-store.ts'
import { checkPassword, hashPassword, isWeakHash } from './password-hash.ts'

/**
 * The account's hash, made anew where it is weaker than those of today; `password` was just found to be its own. No session
 * ends by that. `undefined` when the password was changed at the same moment. Refuses with OVERLOADED when too many passwords wait.
 */
export async function strengthenHash(
  deps: Deps,
  { accountId, stored, password }: { accountId: AccountId; stored: string; password: string },
): Promise<string | undefined> {
  if (!isWeakHash(stored)) return stored
  const to = await hashPassword(password)
  if (await inTransaction(deps.db, (tx) => replacePasswordHash(tx, accountId, { from: stored, to })))
    return to
  // whoever signed in at the same moment did it, or the password is another one by now
  const present = await findPasswordHash(deps.db, accountId)
  return (await checkPassword(present, password)) ? present : undefined
}
