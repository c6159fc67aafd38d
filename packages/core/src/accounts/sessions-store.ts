import type { AccountId } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'
import { sessionLifeMs } from './session.ts'

export type SessionRow = { sessionId: number; expiresAtMs: number }

export async function insertSession(
  connection: Database['pool'] | Tx,
  accountId: AccountId,
): Promise<SessionRow> {
  const { rows } = await connection.query<SessionRow>({
    name: 'insert-session',
    text: `insert into sessions (account_id, expires_at) values ($1, now() + $2 * interval '1 ms')
           returning id as "sessionId", floor(extract(epoch from expires_at) * 1000)::bigint as "expiresAtMs"`,
    values: [accountId, sessionLifeMs],
  })
  const [row] = rows
  if (row === undefined) throw new Error('an insert returned no row')
  return row
}

/** Marks the session as ended; a second call changes nothing. */
export async function revokeSession(db: Database, sessionId: number): Promise<void> {
  await db.pool.query({
    name: 'revoke-session',
    text: 'update sessions set revoked_at = now() where id = $1 and revoked_at is null',
    values: [sessionId],
  })
}

/**
 * The database's clock, and the sessions revoked at or after `sinceMs` that would otherwise still be good.
 * A transaction's `now()` is when it began, so a revocation can appear later than its own time says: ask with overlap.
 */
export async function readRevokedSince(
  db: Database,
  sinceMs: number,
): Promise<{ nowMs: number; revoked: SessionRow[] }> {
  const { rows } = await db.pool.query<{
    nowMs: number
    sessionId: number | null
    expiresAtMs: number | null
  }>({
    name: 'read-revoked-sessions',
    text: `select floor(extract(epoch from now()) * 1000)::bigint as "nowMs", sessions.id as "sessionId",
                  floor(extract(epoch from expires_at) * 1000)::bigint as "expiresAtMs"
           from (values (1)) as always
           left join sessions on revoked_at >= to_timestamp($1::float8 / 1000) and expires_at > now()`,
    values: [sinceMs],
  })
  const revoked = rows.flatMap(({ sessionId, expiresAtMs }) =>
    sessionId === null || expiresAtMs === null ? [] : [{ sessionId, expiresAtMs }],
  )
  return { nowMs: rows[0]?.nowMs ?? sinceMs, revoked }
}
