import type { AuditEntry, AuditInput } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { findAuditEntries, insertAuditEntry, type NewAuditEntry } from './audit-store.ts'

/**
 * Writes who did what, with the state before and after. With `tx` the entry is written if and only if the deed is.
 * The app's role cannot change or remove an entry.
 */
export async function recordAudit(deps: Deps, entry: NewAuditEntry, tx?: Tx): Promise<void> {
  await insertAuditEntry(tx ?? deps.db.pool, entry)
}

/** The newest 200 entries, newest first: of operators, of partners, or of both. */
export async function listAudit(deps: Deps, input: AuditInput = {}): Promise<AuditEntry[]> {
  return await findAuditEntries(deps.db, { ...input, limit: 200 })
}
