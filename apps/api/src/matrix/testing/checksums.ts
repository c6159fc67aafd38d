import type { AccountId } from '@greenroom/contract'
import type { Deps } from '@greenroom/core'

/** What is published goes in its own time; migrations are nobody's to change here. */
const notLooked = ['outbox', 'migrations']

/** A checksum of every table's rows. */
export async function checksumAll(deps: Deps): Promise<Record<string, string>> {
  const { rows } = await deps.db.pool.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> all($1)`,
    [notLooked],
  )
  return await checksum(
    deps,
    rows.map(({ name }) => ({ name, where: 'true' })),
  )
}

/** Of the rows that are one account's, its seats too. */
export async function checksumOf(deps: Deps, accountId: AccountId): Promise<Record<string, string>> {
  const { rows } = await deps.db.pool.query<{ name: string; column: string }>(
    `select relname as name, attname as column from pg_attribute join pg_class on pg_class.oid = attrelid
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and attname in ('fan_id', 'account_id')
       and not attisdropped`,
  )
  const theirs = rows.map(({ name, column }) => ({ name, where: `${column} = ${accountId}` }))
  return await checksum(deps, [
    ...theirs,
    { name: 'accounts', where: `id = ${accountId}` },
    {
      name: 'seats',
      where: `reservation_id in (select id from reservations where fan_id = ${accountId})`,
    },
  ])
}

async function checksum(
  deps: Deps,
  parts: { name: string; where: string }[],
): Promise<Record<string, string>> {
  // in order: two that hold the same are compared as texts
  const each = parts.map(
    ({ name, where }) =>
      `select '${name} ${where}' as name, md5(coalesce(string_agg(t::text, ';' order by t::text), '')) as sum
       from ${name} t where ${where}`,
  )
  const { rows } = await deps.db.pool.query<{ name: string; sum: string }>(
    `${each.join(' union all ')} order by name`,
  )
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]))
}
