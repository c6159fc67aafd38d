import { type Account, type AccountId, DomainError, type OwnSession } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findAccount, findCredentials } from './accounts-store.ts'
import { findOperators } from './operators-store.ts'
import type { Session } from './session.ts'
import { findSessions } from './sessions-store.ts'

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
export async function readAccountByEmail(deps: Pick<Deps, 'db'>, email: string): Promise<Account> {
  const found = await findCredentials(deps.db, email.toLowerCase())
  if (found === undefined) throw new DomainError('NOT_FOUND', { what: 'account' })
  return found.account
}

/** Everybody who may use the console, the first one first. */
export async function listOperators(deps: Pick<Deps, 'db'>): Promise<Account[]> {
  return await findOperators(deps.db)
}

/** The caller's sessions that go on, this one first, then the newest: at most 100. */
export async function listSessions(
  deps: Deps,
  { accountId, sessionId }: Pick<Session, 'accountId' | 'sessionId'>,
): Promise<OwnSession[]> {
  const sessions = await findSessions(deps.db, accountId, 100)
  return sessions
    .map((session) => ({ ...session, isThis: session.sessionId === sessionId }))
    .toSorted((a, b) => Number(b.isThis) - Number(a.isThis))
}
