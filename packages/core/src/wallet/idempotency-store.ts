import type { AccountId } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

export type IdempotencyRow = { command: string; bodyHash: string; reply: unknown }

/**
 * True when the key is this transaction's now. Another transaction that has the key and is still running is waited
 * for: when it commits the answer is false, when it rolls back the key is ours.
 */
export async function claimKey(
  tx: Tx,
  row: { fanId: AccountId; key: string; command: string; bodyHash: string },
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'claim-idempotency-key',
    text: `insert into idempotency_keys (fan_id, key, command, body_hash) values ($1, $2, $3, $4)
           on conflict (fan_id, key) do nothing`,
    values: [row.fanId, row.key, row.command, row.bodyHash],
  })
  return rowCount === 1
}

/**
 * `claimKey` for many, in the order of their keys, so that two who claim the same ones do not wait for each other; those
 * that are this transaction's now.
 */
export async function claimKeys(
  tx: Tx,
  rows: readonly { fanId: AccountId; key: string; command: string; bodyHash: string }[],
): Promise<{ fanId: AccountId; key: string }[]> {
  const { rows: claimed } = await tx.query<{ fanId: AccountId; key: string }>({
    name: 'claim-idempotency-keys',
    text: `insert into idempotency_keys (fan_id, key, command, body_hash)
           select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) as wish (fan_id, key, command, body_hash)
           order by fan_id, key
           on conflict (fan_id, key) do nothing
           returning fan_id as "fanId", key`,
    values: [
      rows.map(({ fanId }) => fanId),
      rows.map(({ key }) => key),
      rows.map(({ command }) => command),
      rows.map(({ bodyHash }) => bodyHash),
    ],
  })
  return claimed
}

/** What the key was used for. After `claimKey` said false it is there and has its reply. */
export async function findKey(
  connection: Database['pool'] | Tx,
  fanId: AccountId,
  key: string,
): Promise<IdempotencyRow | undefined> {
  const { rows } = await connection.query<IdempotencyRow>({
    name: 'find-idempotency-key',
    text: `select command, body_hash as "bodyHash", reply from idempotency_keys where fan_id = $1 and key = $2`,
    values: [fanId, key],
  })
  return rows[0]
}

export async function storeReply(tx: Tx, fanId: AccountId, key: string, reply: unknown): Promise<void> {
  await tx.query({
    name: 'store-idempotent-reply',
    text: 'update idempotency_keys set reply = $3 where fan_id = $1 and key = $2',
    values: [fanId, key, JSON.stringify(reply)],
  })
}
