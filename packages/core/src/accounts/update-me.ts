import { type Account, type AccountId, DomainError, type UpdateMeInput } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { updateAccount } from './accounts-store.ts'

/**
 * Changes the name that tickets bear, and the language an account is spoken to in; what is not given stays. NOT_FOUND when
 * there is no such account. Safe to repeat.
 */
export async function updateMe(
  deps: Deps,
  { accountId, ...changes }: UpdateMeInput & { accountId: AccountId },
): Promise<Account> {
  const account = await updateAccount(deps.db, accountId, changes)
  if (account === undefined) throw new DomainError('NOT_FOUND', { what: 'account' })
  return account
}
