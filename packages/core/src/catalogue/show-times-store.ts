import type { Tx } from '../platform/database.ts'

export type ShowTimes = { nowMs: number; startsAtMs: number[] }

/**
 * Postgres' now, and for each of `inDays` the instant at which it is `hour` o'clock that many days from today at a venue in
 * `timeZone`, summer time included.
 */
export async function readShowTimes(
  tx: Tx,
  { timeZone, inDays, hour }: { timeZone: string; inDays: number[]; hour: number },
): Promise<ShowTimes> {
  const { rows } = await tx.query<ShowTimes>(
    `select floor(extract(epoch from now()) * 1000)::bigint as "nowMs",
            array(select (extract(epoch from (date_trunc('day', now() at time zone $1)
                     + make_interval(days => day, hours => $3)) at time zone $1) * 1000)::bigint
                  from unnest($2::integer[]) with ordinality wanted (day, position) order by position) as "startsAtMs"`,
    [timeZone, inDays, hour],
  )
  const [row] = rows
  if (row === undefined) throw new Error('a select without from gave no row')
  return row
}
