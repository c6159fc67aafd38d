import type { AccountId, OwnSession, Role } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'
import { sessionLifeMs } from './session.ts'

/** Where a session is opened: what the device says of itself, and its address as it is counted. */
export type Device = { userAgent: string | null; network: string | null }

export type SessionRow = { sessionId: number; expiresAtMs: number }

/** No session has it: ids begin with 1. */
export const noSession = 0

const sessionColumns = `id as "sessionId", floor(extract(epoch from expires_at) * 1000)::bigint as "expiresAtMs"`

/** Sessions of an account that go on at the same time: more than one person has devices, and fewer than their list shows. */
const mostSessions = 50

/**
 * A session of an account whose password is still the one that was checked, with the role that it has now; `undefined` when
 * the password was changed meanwhile. Where the account has as many sessions as it may, the oldest end, and are answered too. The lock
 * waits for a change of either and for another who signs in, and they wait for it: no session outlives the change, and of two who sign
 * in at once none is one too many.
 */
export async function insertSession(
  tx: Tx,
  { accountId, passwordHash }: { accountId: AccountId; passwordHash: string },
  device: Device,
): Promise<{ opened: SessionRow; ended: SessionRow[]; role: Role } | undefined> {
  const locked = await tx.query<{ role: Role }>({
    name: 'lock-account-to-sign-in',
    text: 'select role from accounts where id = $1 and password_hash = $2 for no key update',
    values: [accountId, passwordHash],
  })
  const [account] = locked.rows
  if (account === undefined) return undefined
  // a statement of its own, which sees what was there when the lock was had
  const { rows } = await tx.query<SessionRow & { isNew: boolean }>({
    name: 'insert-session',
    text: `with opened as (
             insert into sessions (account_id, expires_at, user_agent, network)
             values ($1, now() + $2 * interval '1 ms', left($3, 300), $4)
             returning id, expires_at),
           ended as (
             update sessions set revoked_at = clock_timestamp() where id in (
               select id from sessions where account_id = $1 and revoked_at is null and expires_at > now()
               order by id desc offset $5)
             returning id, expires_at)
           select ${sessionColumns}, true as "isNew" from opened
           union all select ${sessionColumns}, false from ended`,
    values: [accountId, sessionLifeMs, device.userAgent, device.network, mostSessions - 1],
  })
  const opened = rows.find(({ isNew }) => isNew)
  if (opened === undefined) throw new Error('a session was not inserted')
  return { opened, ended: rows.filter(({ isNew }) => !isNew), role: account.role }
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
 * The database's clock, and the sessions revoked at or after `sinceMs` that would otherwise still be good, many to a row; each row
 * with the last moment at which one of them would have ended by itself. A transaction's `now()` is when it began, so a revocation can
 * appear later than its own time says: ask with overlap. Asked aside: the crowd's connections may all be taken.
 */
export async function readRevokedSince(
  db: Pick<Database, 'aside'>,
  sinceMs: number,
): Promise<{ nowMs: number; revoked: { sessionIds: number[]; lastExpiresAtMs: number }[] }> {
  const { rows } = await db.aside.query<{
    nowMs: number
    sessionIds: number[] | null
    lastExpiresAtMs: number | null
  }>({
    name: 'read-revoked-sessions',
    text: `select floor(extract(epoch from now()) * 1000)::bigint as "nowMs", "sessionIds", "lastExpiresAtMs"
           from (values (1)) as always
           left join (
             select array_agg(id) as "sessionIds",
                    floor(extract(epoch from max(expires_at)) * 1000)::bigint as "lastExpiresAtMs"
             from sessions where revoked_at >= to_timestamp($1::float8 / 1000) and expires_at > now()
             group by id / 10000
           ) as revoked on true`,
    values: [sinceMs],
  })
  const revoked = rows.flatMap(({ sessionIds, lastExpiresAtMs }) =>
    sessionIds === null || lastExpiresAtMs === null ? [] : [{ sessionIds, lastExpiresAtMs }],
  )
  return { nowMs: rows[0]?.nowMs ?? sinceMs, revoked }
}
