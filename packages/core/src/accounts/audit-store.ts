import type { AccountId, PartnerKeyId } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

/** An account, or a command at a terminal of the installation, which nobody signs in to. */
type Doer =
  | {
      actorId: AccountId
      /** The partner who acts for the actor. */
      partnerKeyId?: PartnerKeyId
      command?: undefined
    }
  | { command: string; actorId?: undefined; partnerKeyId?: undefined }

export type NewAuditEntry = Doer & {
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
    text: `insert into audit_entries (actor_id, partner_key_id, action, target, before, after, command)
           values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      entry.actorId ?? null,
      entry.partnerKeyId ?? null,
      entry.action,
      entry.target,
      toJson(entry.before),
      toJson(entry.after),
      entry.command ?? null,
    ],
  })
}

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}
