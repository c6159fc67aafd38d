import type { Account } from '@greenroom/contract'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { recordAudit } from './audit.ts'
import { updateRole } from './operators-store.ts'
import { readAccountByEmail } from './queries.ts'

/**
 * Makes an operator of whoever has the e-mail, and writes into the audit which command did it, both or neither. Whoever is one
 * already stays so, with `isNew` false and nothing written, so a repeat is safe. Sessions that are open go on as a fan's: a token
 * says the role of the moment of signing in. NOT_FOUND when nobody has the e-mail.
 */
export async function grantOperator(
  deps: Pick<Deps, 'db'>,
  { email, command }: { email: string; command: string },
): Promise<{ account: Account; isNew: boolean }> {
  const account = await readAccountByEmail(deps, email)
  const { accountId } = account
  const isNew = await inTransaction(deps.db, async (tx) => {
    if (!(await updateRole(tx, { accountId, role: 'operator' }))) return false
    const [before, after] = [{ role: 'fan' }, { role: 'operator' }]
    await recordAudit(
      deps,
      { command, action: 'operator.grant', target: `account ${accountId}`, before, after },
      tx,
    )
    return true
  })
  return { account: { ...account, role: 'operator' }, isNew }
}
