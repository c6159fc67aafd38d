import type { AccountId, Locale, Role } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'

/** "demo" in hex: two processes that seed at once take turns. */
const seedingLock = 0x64656d6f

/** What is there already. The caller's transaction is the only one seeding until it ends. */
export async function lockAndCount(tx: Tx): Promise<{ concertCount: number; accountCount: number }> {
  await tx.query('select pg_advisory_xact_lock($1)', [seedingLock])
  const { rows } = await tx.query<{ concertCount: number; accountCount: number }>(
    `select (select count(*) from concerts) as "concertCount", (select count(*) from accounts) as "accountCount"`,
  )
  const [row] = rows
  if (row === undefined) throw new Error('a select without from gave no row')
  return row
}

export type DemoAccount = {
  id: AccountId
  email: string
  name: string
  passwordHash: string
  role: Role
  locale: Locale
}

/** With ids of our choice: the demo promises fan 1 to be account 1. */
export async function insertAccounts(tx: Tx, accounts: DemoAccount[]): Promise<void> {
  await tx.query(
    `insert into accounts (id, email, name, password_hash, role, locale)
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])`,
    [
      accounts.map((account) => account.id),
      accounts.map((account) => account.email),
      accounts.map((account) => account.name),
      accounts.map((account) => account.passwordHash),
      accounts.map((account) => account.role),
      accounts.map((account) => account.locale),
    ],
  )
  await drawIdsUpTo(tx, 'accounts', accounts.length)
}

/**
 * Draws ids from the table's sequence until it is past `last`, so that the next insert finds a free one. (setval would need a
 * right the app's role does not have.)
 */
async function drawIdsUpTo(tx: Tx, table: string, last: number): Promise<void> {
  const sequence = `${table}_id_seq`
  const { rows } = await tx.query<{ drawn: number }>('select nextval($1::regclass) as drawn', [sequence])
  await tx.query('select count(nextval($1::regclass)) from generate_series(1, $2::integer)', [
    sequence,
    Math.max(0, last - (rows[0]?.drawn ?? 0)),
  ])
}
