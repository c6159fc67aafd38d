import type { Database } from '../platform/database.ts'

/** Tables of which the oldest rows go, whatever else there is; see migrations/0010-retention.sql and 0013-history.sql. */
export type Aged = 'sessions' | 'idempotency_keys' | 'webhook_deliveries' | 'line_moves'

/** Removes up to `most` rows of a table that are old enough, the oldest first; returns how many. */
export async function forgetRows(db: Database, table: Aged, most: number): Promise<number> {
  const { rows } = await db.pool.query<{ forgotten: number }>({
    name: `forget-${table}`,
    text: `select forget_${table}($1) as forgotten`,
    values: [most],
  })
  return rows[0]?.forgotten ?? 0
}

/** Removes up to `most` samples of sales that are too old, and thins up to as many to one a minute; see 0012-sale-samples.sql. */
export async function forgetSamples(
  db: Database,
  most: number,
): Promise<{ forgotten: number; lookedAt: number }> {
  const { rows } = await db.pool.query<{ forgotten: number; lookedAt: number }>({
    name: 'forget-sale-samples',
    text: 'select forgotten, looked_at as "lookedAt" from forget_sale_samples($1)',
    values: [most],
  })
  return rows[0] ?? { forgotten: 0, lookedAt: 0 }
}

/** Removes the events that nobody needs any more among the next `most` by position; `lookedUpTo` is null at the end. */
export async function forgetEvents(
  db: Database,
  { after, most }: { after: number; most: number },
): Promise<{ forgotten: number; lookedUpTo: number | null }> {
  const { rows } = await db.pool.query<{ forgotten: number; lookedUpTo: number | null }>({
    name: 'forget-events',
    text: 'select forgotten, looked_up_to as "lookedUpTo" from forget_events($1, $2)',
    values: [after, most],
  })
  return rows[0] ?? { forgotten: 0, lookedUpTo: null }
}
