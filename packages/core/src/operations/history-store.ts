import type { ConcertId } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'

/** From when until now, by Postgres' clock; without a length, from the first sample. */
export async function findSpan(
  db: Database,
  concertId: ConcertId,
  seconds: number | null,
): Promise<{ fromMs: number; untilMs: number } | undefined> {
  const { rows } = await db.pool.query<{ fromMs: number; untilMs: number }>({
    name: 'find-history-span',
    text: `select floor(extract(epoch from now()) * 1000)::float8 as "untilMs",
                  floor(extract(epoch from case when $2::float8 is null
                    then coalesce((select min(sampled_at) from sale_samples where concert_id = $1), now())
                    else now() - make_interval(secs => $2::float8) end) * 1000)::float8 as "fromMs"
           from concerts where id = $1`,
    values: [concertId, seconds],
  })
  return rows[0]
}

/** The columns of a point, as they are named outside and in the table; the worst of a step where `isWorst`. */
const pointColumns = [
  { name: 'waiting', column: 'waiting' },
  { name: 'active', column: 'active' },
  { name: 'capacity', column: 'capacity' },
  { name: 'outflowPerMinute', column: 'outflow_per_minute' },
  { name: 'available', column: 'available' },
  { name: 'held', column: 'held' },
  { name: 'sold', column: 'sold' },
  { name: 'revenueMinor', column: 'revenue_minor' },
  { name: 'entered', column: 'entered' },
  { name: 'paid', column: 'paid' },
  { name: 'p50Ms', column: 'p50_ms', isWorst: true },
  { name: 'p95Ms', column: 'p95_ms', isWorst: true },
  { name: 'p99Ms', column: 'p99_ms', isWorst: true },
  { name: 'callsPerSecond', column: 'calls_per_second' },
  { name: 'refusedPerSecond', column: 'refused_per_second', isWorst: true },
  { name: 'refusedByRulesPerSecond', column: 'refused_by_rules_per_second', isWorst: true },
  { name: 'poolUse', column: 'pool_use', isWorst: true },
] as const

export type PointName = (typeof pointColumns)[number]['name']
export type Point = { atMs: number } & Record<PointName, number | null>

const selected = pointColumns.map((each) =>
  'isWorst' in each
    ? `max(${each.column}) over (partition by step) as "${each.name}"`
    : `${each.column} as "${each.name}"`,
)

/** A point for each step in which anything was sampled, oldest first: its last sample, and the worst of what is judged by that. */
export async function findPoints(
  db: Database,
  concertId: ConcertId,
  { fromMs, stepSeconds, most }: { fromMs: number; stepSeconds: number; most: number },
): Promise<Point[]> {
  const { rows } = await db.pool.query<Point>({
    name: 'find-sale-history',
    text: `select distinct on (step) floor(extract(epoch from step) * 1000)::float8 as "atMs", ${selected.join(', ')}
           from sale_samples
           cross join lateral (select date_bin(make_interval(secs => $3::float8), sampled_at, timestamptz 'epoch') as step) steps
           where concert_id = $1 and sampled_at >= to_timestamp($2::float8 / 1000)
           order by step, sampled_at desc limit $4`,
    values: [concertId, fromMs, stepSeconds, most],
  })
  return rows
}
