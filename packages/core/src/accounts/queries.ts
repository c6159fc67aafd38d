import { type Account, type AccountId, DomainError } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findAccount, findCredentials } from './accounts-store.ts'

/** The account as it is now. NOT_FOUND when there is none. */
export async function readMe(deps: Deps, accountId: AccountId): Promise<Account> {
  const account = await findAccount(deps.db, accountId)
  if (account === undefined) throw new DomainError('NOT_FOUND', { what: 'account' })
  return account
}

/** The account of a fan, for callers who name one. NOT_FOUND when there is none, or when it is an operator's. */
export async function readFan(deps: Deps, accountId: AccountId): Promise<Account> {
  const account = await readMe(deps, accountId)
  if (account.role !== 'fan') throw new DomainError('NOT_FOUND', { what: 'account' })
  return account
}

/** For operators, who know people by their e-mail. NOT_FOUND when nobody has it. */
export async function readAccountByEmail(deps: Deps, email: string): Promise<Account> {
  const found = await findCredentials(deps.db, email.toLowerCase())
  if (found === undefined) throw new DomainError('NOT_FOUND', { what: 'account' })
  return found.account
}
