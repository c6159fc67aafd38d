import type { ConcertId, QueueProgress, SaleFigures, ServerLoad } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'

/** Which of these have no sample of the present slot yet. */
export async function findUnsampled(db: Database, concertIds: readonly ConcertId[]): Promise<ConcertId[]> {
  const { rows } = await db.pool.query<{ concertId: ConcertId }>({
    name: 'find-unsampled-sales',
    text: `select wanted.id as "concertId" from unnest($1::bigint[]) with ordinality as wanted (id, at)
           where not exists (select from sale_samples
             where concert_id = wanted.id and sampled_at = date_bin('5 seconds', now(), timestamptz 'epoch'))
           order by at`,
    values: [concertIds],
  })
  return rows.map((row) => row.concertId)
}

export type Sample = {
  concertId: ConcertId
  progress: QueueProgress | null
  figures: SaleFigures
  load: ServerLoad | null
}

/** Writes a sample of the present slot; false when another worker has. */
export async function insertSample(db: Database, sample: Sample): Promise<boolean> {
  const { concertId, figures, load, progress } = sample
  const { seats } = figures
  const { rowCount } = await db.pool.query({
    name: 'insert-sale-sample',
    text: insertSampleText,
    values: [
      concertId,
      progress?.waiting,
      progress?.active,
      progress?.capacity,
      progress?.admittedTotal,
      progress?.outflowPerMinute,
      seats.available,
      seats.held,
      seats.sold,
      figures.revenueMinor,
      figures.entered,
      figures.paid,
      load?.all.p50Ms,
      load?.all.p95Ms,
      load?.all.p99Ms,
      load?.all.perSecond,
      load?.refusedPerSecond,
      load?.refusedByRulesPerSecond,
      load?.pool.use,
    ],
  })
  return rowCount === 1
}

export const insertSampleText = `
insert into sale_samples (sampled_at, concert_id, waiting, active, capacity, admitted_total, outflow_per_minute,
                          available, held, sold, revenue_minor, entered, paid,
                          p50_ms, p95_ms, p99_ms, calls_per_second, refused_per_second, refused_by_rules_per_second, pool_use)
values (date_bin('5 seconds', now(), timestamptz 'epoch'),
        $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
on conflict (concert_id, sampled_at) do nothing`

/**
 * How long a fan keeps a place inside, by Little's law: those inside on average over those who came in per millisecond, in the last
 * ten minutes. A count that went back (Redis lost it) adds nothing. `null` while nobody came in.
 */
export async function findMeanInsideMs(db: Database, concertId: ConcertId): Promise<number | null> {
  const { rows } = await db.pool.query<{ meanInsideMs: number | null }>({
    name: 'find-mean-inside',
    text: `select avg(active)::float8 * extract(epoch from max(sampled_at) - min(sampled_at))::float8 * 1000
                  / nullif(sum(greatest(0, came)), 0)::float8 as "meanInsideMs"
           from (select active, sampled_at, admitted_total - lag(admitted_total) over (order by sampled_at) as came
                 from sale_samples
                 where concert_id = $1 and sampled_at > now() - interval '10 minutes' and active is not null) recent`,
    values: [concertId],
  })
  const meanInsideMs = rows[0]?.meanInsideMs ?? null
  return meanInsideMs === null || meanInsideMs <= 0 ? null : meanInsideMs
}
