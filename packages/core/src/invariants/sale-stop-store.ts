import {
  type AccountId,
  mostStopsOfShow,
  type SaleStop,
  type SaleStopId,
  type ShowId,
} from '@greenroom/contract'
import type { Violation } from '@greenroom/oracles'
import type { Database, Tx } from '../platform/database.ts'

/**
 * Stops each show that a violation names, and answers with those that were stopped by it. A fault that was stopped for
 * before does nothing, also after an operator let the sale go on.
 */
export async function stopShows(tx: Tx, violations: readonly Violation[]): Promise<ShowId[]> {
  const named = violations.filter(({ showId }) => showId !== undefined)
  if (named.length === 0) return []
  const { rows } = await tx.query<{ showId: ShowId }>({
    name: 'stop-shows',
    text: `with faults as (
             insert into sale_stops (show_id, oracle, fault)
             select show_id, oracle, fault from unnest($1::bigint[], $2::text[], $3::text[]) as named (show_id, oracle, fault)
             join shows on shows.id = show_id
             order by show_id, oracle, fault
             on conflict (show_id, oracle, fault) do nothing
             returning show_id, oracle
           )
           update shows set stopped_by = coalesce(stopped_by, first.oracle)
           from (select show_id, min(oracle) as oracle from faults group by show_id) first
           where shows.id = first.show_id
           returning shows.id as "showId"`,
    values: [
      named.map(({ showId }) => showId),
      named.map(({ oracle }) => oracle),
      named.map(({ fault }) => fault),
    ],
  })
  return rows.map(({ showId }) => showId)
}

export type Resumed = {
  before: { stoppedBy: string | null; isCancelled: boolean }
  after: { stoppedBy: string | null }
  /** Those that an operator has looked at now. */
  faults: string[]
  openFaults: number
}

/**
 * Notes which faults an operator has looked at; the show sells again when no other is open. The show's row is locked first: a
 * check that finds something meanwhile stops it afterwards. `undefined` when there is no such show.
 */
export async function resumeShow(
  tx: Tx,
  { showId, operatorId, stopIds }: { showId: ShowId; operatorId: AccountId; stopIds: readonly SaleStopId[] },
): Promise<Resumed | undefined> {
  const { rows } = await tx.query<Resumed['before']>({
    name: 'lock-show-to-resume',
    text: `select stopped_by as "stoppedBy", cancelled_at is not null as "isCancelled"
           from shows where id = $1 for no key update`,
    values: [showId],
  })
  const [before] = rows
  if (before === undefined) return undefined
  const [resumed] = (
    await tx.query<{ faults: string[]; stoppedBy: string | null; openFaults: number }>({
      name: 'resume-show',
      text: resumeText,
      values: [showId, operatorId, stopIds],
    })
  ).rows
  if (resumed === undefined) throw new Error('a select of sums gave no row')
  const { faults, stoppedBy, openFaults } = resumed
  return { before, after: { stoppedBy }, faults, openFaults }
}

/** $1 show, $2 operator, $3 the ids of what was looked at. */
export const resumeText = `
with looked_at as (
  update sale_stops set resumed_at = now(), resumed_by = $2
  where show_id = $1 and resumed_at is null and id = any($3::bigint[]) returning id, fault
), left_open as (
  select min(oracle) as oracle, count(*)::int as count from sale_stops
  where show_id = $1 and resumed_at is null and id not in (select id from looked_at)
), resumed as (
  update shows set stopped_by = left_open.oracle from left_open
  where shows.id = $1 and stopped_by is not null and cancelled_at is null
)
select left_open.oracle as "stoppedBy", left_open.count as "openFaults",
       coalesce((select array_agg(fault order by id) from looked_at), '{}') as faults
from left_open`

/** What stops sales now: at most 200, and 50 of a show, the newest ones; the newest of each show come first. */
export async function findOpenStops(db: Database): Promise<SaleStop[]> {
  const { rows } = await db.pool.query<SaleStop>({
    name: 'find-open-sale-stops',
    text: `select stops.id as "stopId", show_id as "showId", concert_id as "concertId", oracle, fault,
                  floor(extract(epoch from starts_at) * 1000)::float8 as "startsAtMs",
                  floor(extract(epoch from stops.stopped_at) * 1000)::float8 as "stoppedAtMs", "openOfShow"
           from (
             select *, row_number() over (partition by show_id order by id desc) as nth,
                    count(*) over (partition by show_id)::int as "openOfShow"
             from sale_stops where resumed_at is null
           ) stops join shows on shows.id = show_id
           where nth <= $1 order by nth, stops.id desc limit 200`,
    values: [mostStopsOfShow],
  })
  return rows
}
