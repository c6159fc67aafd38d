import type { SqlOracle, Violation } from '@greenroom/oracles'
import type { Database, Tx } from '../platform/database.ts'

export type CheckCost = SqlOracle['cost']

/** A check as it was stored; `ageMs` by the database's clock. */
export type StoredCheck = {
  oracles: string[]
  violations: Violation[]
  tookMs: number
  checkedAtMs: number
  ageMs: number
}

/**
 * Makes the transaction see one moment and change nothing. A cheap check never reads a whole table, whatever the planner
 * believes of its size, and gives up after 10 s; a full one reads them as fast as it can.
 */
export async function readOneMoment(tx: Tx, cost: CheckCost): Promise<void> {
  await tx.query('set transaction isolation level repeatable read, read only')
  await tx.query(
    cost === 'full'
      ? "set local statement_timeout = '10min'; set local enable_seqscan = on"
      : "set local statement_timeout = '10s'",
  )
}

/** What breaks one oracle; none when all is well. */
export async function askOracle(tx: Tx, { name, sql }: SqlOracle): Promise<Violation[]> {
  const { rows } = await tx.query<{ fault: string; showId: number | null }>(sql)
  return rows.map(({ fault, showId }) => ({ oracle: name, fault, ...(showId === null ? {} : { showId }) }))
}

/** Stores a check and forgets those older than a week, but for the newest that read everything. */
export async function insertCheck(
  tx: Tx,
  check: Pick<StoredCheck, 'oracles' | 'violations' | 'tookMs'> & { cost: CheckCost },
): Promise<void> {
  await tx.query({
    name: 'insert-invariant-check',
    text: `with forgotten as (
             delete from invariant_checks where id in (
               select id from invariant_checks where checked_at < now() - interval '7 days'
                 and id <> coalesce((select max(id) from invariant_checks where cost = 'full'), 0)
               order by id limit 1000)
           )
           insert into invariant_checks (cost, oracles, violations, took_ms) values ($1, $2, $3, $4)`,
    values: [check.cost, check.oracles, JSON.stringify(check.violations), Math.round(check.tookMs)],
  })
}

/** The newest check of this cost; `undefined` before the first. */
export async function findNewestCheck(db: Database, cost: CheckCost): Promise<StoredCheck | undefined> {
  const { rows } = await db.pool.query<StoredCheck>({
    name: 'find-newest-invariant-check',
    text: `select oracles, violations, took_ms as "tookMs",
                  floor(extract(epoch from checked_at) * 1000)::float8 as "checkedAtMs",
                  floor(extract(epoch from now() - checked_at) * 1000)::float8 as "ageMs"
           from invariant_checks where cost = $1 order by id desc limit 1`,
    values: [cost],
  })
  return rows[0]
}

/** Whether anything was held in the last so many ms. */
export async function hasHeldWithin(db: Database, withinMs: number): Promise<boolean> {
  const { rows } = await db.pool.query<{ hasHeld: boolean }>({
    name: 'has-held-within',
    text: `select exists (
             select from reservations where id = (select max(id) from reservations)
               and held_at > now() - $1::float8 * interval '1 ms') as "hasHeld"`,
    values: [withinMs],
  })
  return rows[0]?.hasHeld === true
}
