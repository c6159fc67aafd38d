import type { AuditEntry, AuditSearchInput } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'

/** What is asked of the audit, newest first; its conditions have an index each, that of words too (0013-history.sql). */
export type AuditSearch = Omit<AuditSearchInput, 'text'> & { words?: string | undefined }

type Condition = readonly [given: unknown, sql: (value: string) => string]

const conditionsOf = (search: AuditSearch): Condition[] => [
  [
    search.actorEmail,
    (it) => `entries.actor_id = any(array(select id from accounts where email = lower(${it})))`,
  ],
  [search.action, (it) => `entries.action = ${it}`],
  [search.target, (it) => `entries.target = ${it}`],
  [search.fromMs, (it) => `entries.created_at >= to_timestamp(${it}::float8 / 1000)`],
  [search.toMs, (it) => `entries.created_at < to_timestamp(${it}::float8 / 1000)`],
  [search.cursor, (it) => `entries.id < ${it}`],
]

const byOf = {
  operators: 'entries.partner_key_id is null',
  partners: 'entries.partner_key_id is not null',
} as const

/**
 * The newest `limit` that fit. What is looked for in words is found by their index first: walking back from the newest would
 * read every entry for a word that is rare.
 */
export async function searchAuditEntries(db: Database, search: AuditSearch): Promise<AuditEntry[]> {
  const values: unknown[] = []
  const value = (given: unknown): string => `$${values.push(given)}`
  const asked = conditionsOf(search).flatMap(([given, sql]) =>
    given === undefined ? [] : [sql(value(given))],
  )
  if (search.by !== undefined) asked.push(byOf[search.by])
  const found =
    search.words === undefined
      ? 'audit_entries'
      : `(select * from audit_entries
          where audit_words(action, target, before, after) @@ to_tsquery('simple', ${value(search.words)})
          offset 0)`
  const { rows } = await db.pool.query<AuditEntry>({
    text: `select page.id as "auditId", actors.email as "actorEmail", partner_keys.name as "partnerName", page.command,
             page.action, page.target, page.before, page.after,
             floor(extract(epoch from page.created_at) * 1000)::float8 as "atMs"
           from (
             select * from ${found} entries
             ${asked.length === 0 ? '' : `where ${asked.join(' and ')}`}
             order by entries.id desc limit ${value(search.limit)}
           ) page
           left join accounts actors on actors.id = page.actor_id
           left join partner_keys on partner_keys.id = page.partner_key_id
           order by page.id desc`,
    values,
  })
  return rows
}

/** Every kind of deed there is, found by leaping along the index: there are dozens among millions. */
export async function findAuditActions(db: Database): Promise<string[]> {
  const { rows } = await db.pool.query<{ action: string }>(
    `with recursive known as (
       (select action from audit_entries order by action limit 1)
       union all
       select (select action from audit_entries where action > known.action order by action limit 1)
       from known where known.action is not null
     )
     select action from known where action is not null limit 500`,
  )
  return rows.map(({ action }) => action)
}
