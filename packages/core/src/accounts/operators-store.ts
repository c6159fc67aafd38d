import type { Account, AccountId, Role } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

const accountColumns = 'id as "accountId", email, name, role, locale'

/** Every operator, the first one first; there are a few, and at most 1,000 are read. */
export async function findOperators(db: Database): Promise<Account[]> {
  const { rows } = await db.pool.query<Account>(
    `select ${accountColumns} from accounts where role = 'operator' order by id limit 1000`,
  )
  return rows
}

/** The same, locked: whoever takes a role away knows who is left, also while another does so. */
export async function lockOperators(tx: Tx): Promise<Account[]> {
  const { rows } = await tx.query<Account>(
    `select ${accountColumns} from accounts where role = 'operator' order by id for update`,
  )
  return rows
}

/** False, with nothing changed, when that is its role already. */
export async function updateRole(
  tx: Tx,
  { accountId, role }: { accountId: AccountId; role: Role },
): Promise<boolean> {
  const { rowCount } = await tx.query('update accounts set role = $2 where id = $1 and role <> $2', [
    accountId,
    role,
  ])
  return rowCount === 1
}
