import type { Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { insertAuditEntry, type NewAuditEntry } from './audit-store.ts'

/**
 * Writes who did what, with the state before and after. With `tx` the entry is written if and only if the deed is.
 * The app's role cannot change or remove an entry.
 */
export async function recordAudit(deps: Pick<Deps, 'db'>, entry: NewAuditEntry, tx?: Tx): Promise<void> {
  await insertAuditEntry(tx ?? deps.db.pool, entry)
}
