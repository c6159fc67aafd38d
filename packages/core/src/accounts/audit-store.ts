import type { AccountId, PartnerKeyId } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

export type NewAuditEntry = {
  actorId: AccountId
  /** The partner who acts for the actor. */
  partnerKeyId?: PartnerKeyId
  /** What was done, as `noun.verb`: `line.steer`, `ticket.admit`. */
  action: string
  /** To what: `concert 12`. */
  target: string
  before?: unknown
  after?: unknown
}

export async function insertAuditEntry(
  connection: Database['pool'] | Tx,
  entry: NewAuditEntry,
): Promise<void> {
  await connection.query({
    name: 'insert-audit-entry',
    text: `insert into audit_entries (actor_id, partner_key_id, action, target, before, after)
           values ($1, $2, $3, $4, $5, $6)`,
    values: [
      entry.actorId,
      entry.partnerKeyId ?? null,
      entry.action,
      entry.target,
      toJson(entry.before),
      toJson(entry.after),
    ],
  })
}

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}
