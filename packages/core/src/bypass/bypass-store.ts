import type { AccountId, BypassCodeId, BypassCodeListing, ConcertId } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'
import { usesThatLetIn } from './use-store.ts'

export async function insertCode(
  tx: Tx,
  code: {
    concertId: ConcertId
    codeHash: Buffer
    label: string
    maxUses: number | null
    operatorId: AccountId
  },
): Promise<BypassCodeId | undefined> {
  const { rows } = await tx.query<{ id: BypassCodeId }>(
    `insert into bypass_codes (concert_id, code_hash, label, max_uses, created_by)
     select id, $2, $3, $4, $5 from concerts where id = $1 returning id`,
    [code.concertId, code.codeHash, code.label, code.maxUses, code.operatorId],
  )
  return rows[0]?.id
}

/** The concert's newest 200 codes, those that live first. */
export async function findCodes(db: Database, concertId: ConcertId): Promise<BypassCodeListing[]> {
  const { rows } = await db.pool.query<BypassCodeListing>(
    `select bypass_codes.id as "bypassCodeId", label, max_uses as "maxUses", ${usesThatLetIn} as uses, accounts.email as "createdByEmail",
            floor(extract(epoch from bypass_codes.created_at) * 1000)::bigint as "createdAtMs",
            floor(extract(epoch from revoked_at) * 1000)::bigint as "revokedAtMs"
     from bypass_codes join accounts on accounts.id = created_by
     where concert_id = $1 order by revoked_at is not null, bypass_codes.id desc limit 200`,
    [concertId],
  )
  return rows
}

/** Ends a code that lives; `undefined` when there is none. */
export async function setRevoked(
  tx: Tx,
  bypassCodeId: BypassCodeId,
): Promise<{ concertId: ConcertId; label: string; uses: number } | undefined> {
  const { rows } = await tx.query<{ concertId: ConcertId; label: string; uses: number }>(
    `update bypass_codes set revoked_at = now() where id = $1 and revoked_at is null
     returning concert_id as "concertId", label, ${usesThatLetIn} as uses`,
    [bypassCodeId],
  )
  return rows[0]
}

/** The code that lives with this hash, locked until the transaction ends: of two who use the last turn one gets it. */
export async function lockCode(
  tx: Tx,
  concertId: ConcertId,
  codeHash: Buffer,
): Promise<{ bypassCodeId: BypassCodeId } | undefined> {
  const { rows } = await tx.query<{ bypassCodeId: BypassCodeId }>({
    name: 'lock-bypass-code',
    text: `select id as "bypassCodeId" from bypass_codes
           where code_hash = $2 and concert_id = $1 and revoked_at is null for update`,
    values: [concertId, codeHash],
  })
  return rows[0]
}
