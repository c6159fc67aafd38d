import type { AccountId, ConcertId, PartnerKey, PartnerKeyId } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

type NewPartnerKey = {
  name: string
  keyHash: Buffer
  concertIds: ConcertId[] | null
  ratePerMinute: number
  operatorId: AccountId
}

export async function insertPartnerKey(tx: Tx, key: NewPartnerKey): Promise<PartnerKeyId> {
  const { rows } = await tx.query<{ id: PartnerKeyId }>(
    `insert into partner_keys (name, key_hash, concert_ids, rate_per_minute, created_by)
     values ($1, $2, $3, $4, $5) returning id`,
    [key.name, key.keyHash, key.concertIds, key.ratePerMinute, key.operatorId],
  )
  const [row] = rows
  if (row === undefined) throw new Error('an insert returned no row')
  return row.id
}

/** Which of these are concerts. */
export async function findConcertIds(tx: Tx, concertIds: readonly ConcertId[]): Promise<ConcertId[]> {
  const { rows } = await tx.query<{ id: ConcertId }>('select id from concerts where id = any($1)', [
    concertIds,
  ])
  return rows.map((row) => row.id)
}

const partnerKeyColumns = `
  partner_keys.id as "partnerKeyId", partner_keys.name, concert_ids as "concertIds",
  rate_per_minute as "ratePerMinute", accounts.email as "createdByEmail",
  floor(extract(epoch from partner_keys.created_at) * 1000)::bigint as "createdAtMs",
  floor(extract(epoch from revoked_at) * 1000)::bigint as "revokedAtMs",
  floor(extract(epoch from last_used_at) * 1000)::bigint as "lastUsedAtMs"`

export async function findPartnerKey(
  connection: Database['pool'] | Tx,
  partnerKeyId: PartnerKeyId,
): Promise<PartnerKey | undefined> {
  const { rows } = await connection.query<PartnerKey>(
    `select ${partnerKeyColumns} from partner_keys join accounts on accounts.id = created_by
     where partner_keys.id = $1`,
    [partnerKeyId],
  )
  return rows[0]
}

/** `limit` keys: those that live first, then the revoked ones, each newest first. */
export async function findPartnerKeys(db: Database, limit: number): Promise<PartnerKey[]> {
  const { rows } = await db.pool.query<PartnerKey>(
    `select ${partnerKeyColumns} from partner_keys join accounts on accounts.id = created_by
     order by revoked_at is not null, partner_keys.id desc limit $1`,
    [limit],
  )
  return rows
}

/** Whether this call is what ended the key. */
export async function setRevoked(tx: Tx, partnerKeyId: PartnerKeyId): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update partner_keys set revoked_at = now() where id = $1 and revoked_at is null',
    [partnerKeyId],
  )
  return rowCount === 1
}

export type StoredPartnerKey = {
  name: string
  keyHash: Buffer
  concertIds: ConcertId[] | null
  ratePerMinute: number
  isRevoked: boolean
  /** Its last noted use is a minute or more ago. */
  isUseOld: boolean
}

/** What a call with the key is checked against; `undefined` when there is no such key. */
export async function findStoredKey(
  db: Database,
  partnerKeyId: PartnerKeyId,
): Promise<StoredPartnerKey | undefined> {
  const { rows } = await db.pool.query<StoredPartnerKey>({
    name: 'find-stored-partner-key',
    text: `select name, key_hash as "keyHash", concert_ids as "concertIds", rate_per_minute as "ratePerMinute",
                  revoked_at is not null as "isRevoked",
                  coalesce(last_used_at < now() - interval '1 minute', true) as "isUseOld"
           from partner_keys where id = $1`,
    values: [partnerKeyId],
  })
  return rows[0]
}

/** Notes a use unless one within the last minute was noted: many processes together write once a minute. */
export async function noteUse(db: Database, partnerKeyId: PartnerKeyId): Promise<void> {
  await db.pool.query({
    name: 'note-partner-key-use',
    text: `update partner_keys set last_used_at = now()
           where id = $1 and coalesce(last_used_at < now() - interval '1 minute', true)`,
    values: [partnerKeyId],
  })
}
