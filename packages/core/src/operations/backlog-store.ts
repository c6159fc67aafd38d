import type { Database } from '../platform/database.ts'

/** What is due and not done, by Postgres' clock. */
export type Backlog = {
  /** Seat changes that no stream has yet; 0 but for the moment between a commit and its relay. */
  outboxRows: number
  outboxOldestAgeMs: number
  /** Events that have no position yet, of which webhooks hear nothing. */
  eventRows: number
  eventOldestAgeMs: number
  /** Holds whose time is over and whose seats nobody gave back yet: claimable all the same, but shown as held. */
  overdueHolds: number
  holdOldestOverdueMs: number
  /** Messages to webhook endpoints that are due, and those that will not be tried again. */
  dueDeliveries: number
}

/** Beyond this many of a kind the number says "so many or more": a scrape must not cost more the worse things are. */
const mostCounted = 10_000

/** One statement over five small indexes. */
export async function readBacklogRow(db: Database): Promise<Backlog> {
  const { rows } = await db.pool.query<Backlog>({
    name: 'read-backlog',
    text: `with changes as (select created_at from outbox order by id limit $1),
           fresh as (select created_at from events where position is null order by id limit $1),
           overdue as (select held_until from reservations where state = 'HELD' and held_until <= now()
                       order by held_until limit $1),
           due as (select 1 from webhook_deliveries where state = 'PENDING' and next_attempt_at <= now() limit $1)
           select (select count(*)::int from changes) as "outboxRows", ${ageMs('created_at', 'changes')} as "outboxOldestAgeMs",
                  (select count(*)::int from fresh) as "eventRows", ${ageMs('created_at', 'fresh')} as "eventOldestAgeMs",
                  (select count(*)::int from overdue) as "overdueHolds", ${ageMs('held_until', 'overdue')} as "holdOldestOverdueMs",
                  (select count(*)::int from due) as "dueDeliveries"`,
    values: [mostCounted],
  })
  const [row] = rows
  if (row === undefined) throw new Error('a select without from gave no row')
  return row
}

function ageMs(column: string, table: string): string {
  return `coalesce((select (extract(epoch from clock_timestamp() - min(${column})) * 1000)::float8 from ${table}), 0)`
}
