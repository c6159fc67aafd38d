import { type Account, type AccountId, DomainError, type Locale } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { updateLocale } from './accounts-store.ts'

/** Changes the language an account is spoken to in. NOT_FOUND when there is no such account. Safe to repeat. */
export async function updateMe(
  deps: Deps,
  input: { accountId: AccountId; locale: Locale },
): Promise<Account> {
  const account = await updateLocale(deps.db, input.accountId, input.locale)
  if (account === undefined) throw new DomainError('NOT_FOUND', { what: 'account' })
  return account
}
