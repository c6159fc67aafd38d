import type { AuditEntry, AuditSearchInput } from '@greenroom/contract'
import { searchAudit } from '../accounts/index.ts'
import type { Deps } from '../platform/deps.ts'

/** The newest 200 entries of the audit that fit, newest first. */
export async function listAudit(deps: Deps, search: Partial<AuditSearchInput> = {}): Promise<AuditEntry[]> {
  return (await searchAudit(deps, { limit: 200, ...search })).entries
}
