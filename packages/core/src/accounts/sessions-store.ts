import type { AccountId, OwnSession, Role } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'
import { sessionLifeMs } from './session.ts'

/** Where a session is opened: what the device says of itself, and its address as it is counted. */
export type Device = { userAgent: string | null; network: string | null }

export type SessionRow = { sessionId: number; expiresAtMs: number }

/** No session has it: ids begin with 1. */
export const noSession = 0

const sessionColumns = `id as "sessionId", floor(extract(epoch from expires_at) * 1000)::bigint as "expiresAtMs"`

/**
 * A session of an account whose password is still the one that was checked, with the role that it has now; `undefined` when
 * the password was changed meanwhile. The share lock waits for a change of either that is under way, and a change waits for it:
 * whichever is first, no session outlives it.
 */
export async function insertSession(
  connection: Database['pool'] | Tx,
  account: { accountId: AccountId; passwordHash: string },
  device: Device,
): Promise<(SessionRow & { role: Role }) | undefined> {
  const { rows } = await connection.query<SessionRow & { role: Role }>({
    name: 'insert-session',
    text: `with account as (select id, role from accounts where id = $1 and password_hash = $2 for share)
           insert into sessions (account_id, expires_at, user_agent, network)
           select id, now() + $3 * interval '1 ms', left($4, 300), $5 from account
           returning ${sessionColumns}, (select role from account)`,
    values: [account.accountId, account.passwordHash, sessionLifeMs, device.userAgent, device.network],
  })
  return rows[0]
}

/** Marks the session as ended; a second call changes nothing. */
export async function revokeSession(db: Database, sessionId: number): Promise<void> {
  await db.pool.query({
    name: 'revoke-session',
    text: 'update sessions set revoked_at = now() where id = $1 and revoked_at is null',
    values: [sessionId],
  })
}

/** Ends one session if it is the account's own; `undefined`, with nothing changed, when there is no such session that goes on. */
export async function revokeOwnSession(
  db: Database,
  own: { accountId: AccountId; sessionId: number },
): Promise<SessionRow | undefined> {
  const { rows } = await db.pool.query<SessionRow>({
    name: 'revoke-own-session',
    text: `update sessions set revoked_at = now()
           where id = $2 and account_id = $1 and revoked_at is null and expires_at > now()
           returning ${sessionColumns}`,
    values: [own.accountId, own.sessionId],
  })
  return rows[0]
}

/** Ends all sessions of the account that would go on, save this one; answers which. */
export async function revokeOtherSessions(
  connection: Database['pool'] | Tx,
  own: { accountId: AccountId; sessionId: number },
): Promise<SessionRow[]> {
  const { rows } = await connection.query<SessionRow>({
    name: 'revoke-other-sessions',
    text: `update sessions set revoked_at = clock_timestamp()
           where account_id = $1 and id <> $2 and revoked_at is null and expires_at > now()
           returning ${sessionColumns}`,
    values: [own.accountId, own.sessionId],
  })
  return rows
}

/** The account's sessions that go on, newest first. */
export async function findSessions(
  db: Database,
  accountId: AccountId,
  limit: number,
): Promise<Omit<OwnSession, 'isThis'>[]> {
  const { rows } = await db.pool.query<Omit<OwnSession, 'isThis'>>({
    name: 'find-sessions',
    text: `select ${sessionColumns}, user_agent as "userAgent",
                  floor(extract(epoch from created_at) * 1000)::bigint as "signedInAtMs"
           from sessions where account_id = $1 and revoked_at is null and expires_at > now()
           order by id desc limit $2`,
    values: [accountId, limit],
  })
  return rows
}

/** Whether somebody signed in to the account from there lately: its owner, as far as one can know. */
export async function isKnownNetwork(
  db: Database,
  { accountId, network }: { accountId: AccountId; network: string },
): Promise<boolean> {
  const { rows } = await db.pool.query<{ isKnown: boolean }>({
    name: 'is-known-network',
    text: `select exists (select from sessions where account_id = $1 and network = $2) as "isKnown"`,
    values: [accountId, network],
  })
  return rows[0]?.isKnown ?? false
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
