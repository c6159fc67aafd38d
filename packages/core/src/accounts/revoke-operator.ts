import { type Account, DomainError } from '@greenroom/contract'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { recordAudit } from './audit.ts'
import { lockOperators, updateRole } from './operators-store.ts'
import { readAccountByEmail } from './queries.ts'
import { noSession, revokeOtherSessions } from './sessions-store.ts'

/**
 * Makes a fan of the operator who has the e-mail, ends all their sessions, and writes into the audit which command did it: all of
 * it or nothing. Every process refuses those sessions within half a second and a query, and closes their sockets. Who is a fan
 * already stays so, with `wasOperator` false and nothing changed, so a repeat is safe. NOT_FOUND when nobody has the e-mail;
 * BAD_INPUT for the last operator, also when two are revoked at once: with a sale under way nobody could stop it.
 */
export async function revokeOperator(
  deps: Pick<Deps, 'db'>,
  { email, command }: { email: string; command: string },
): Promise<{ account: Account; wasOperator: boolean; sessionsEnded: number }> {
  const account = await readAccountByEmail(deps, email)
  const { accountId } = account
  const sessionsEnded = await inTransaction(deps.db, async (tx) => {
    const operators = await lockOperators(tx)
    if (!operators.some((each) => each.accountId === accountId)) return undefined
    if (operators.length === 1) throw lastOperator(account.email)
    await updateRole(tx, { accountId, role: 'fan' })
    const ended = await revokeOtherSessions(tx, { accountId, sessionId: noSession })
    const [before, after] = [{ role: 'operator' }, { role: 'fan', sessionsEnded: ended.length }]
    await recordAudit(
      deps,
      { command, action: 'operator.revoke', target: `account ${accountId}`, before, after },
      tx,
    )
    return ended.length
  })
  return {
    account: { ...account, role: 'fan' },
    wasOperator: sessionsEnded !== undefined,
    sessionsEnded: sessionsEnded ?? 0,
  }
}

function lastOperator(email: string): DomainError {
  const message = `${email} is the last operator: grant another one first`
  return new DomainError('BAD_INPUT', { faults: [{ path: 'email', message }] })
}
