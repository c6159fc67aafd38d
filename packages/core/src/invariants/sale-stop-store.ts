import type { AccountId, SaleStop, ShowId } from '@greenroom/contract'
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

/** Lets the show sell again; answers with what had stopped it, `undefined` when there is no such show. */
export async function resumeShow(
  tx: Tx,
  { showId, operatorId }: { showId: ShowId; operatorId: AccountId },
): Promise<{ stoppedBy: string | null; isCancelled: boolean; faults: string[] } | undefined> {
  const { rows } = await tx.query<{ stoppedBy: string | null; isCancelled: boolean }>({
    name: 'lock-show-to-resume',
    text: `select stopped_by as "stoppedBy", cancelled_at is not null as "isCancelled"
           from shows where id = $1 for no key update`,
    values: [showId],
  })
  const [show] = rows
  if (show === undefined) return undefined
  const resumed = await tx.query<{ fault: string }>({
    name: 'resume-show',
    text: `with resumed as (
             update shows set stopped_by = null where id = $1 and stopped_by is not null and cancelled_at is null
           )
           update sale_stops set resumed_at = now(), resumed_by = $2
           where show_id = $1 and resumed_at is null returning fault`,
    values: [showId, operatorId],
  })
  return { ...show, faults: resumed.rows.map(({ fault }) => fault) }
}

/** What stops sales now, the newest first: at most 200. */
export async function findOpenStops(db: Database): Promise<SaleStop[]> {
  const { rows } = await db.pool.query<SaleStop>({
    name: 'find-open-sale-stops',
    text: `select show_id as "showId", concert_id as "concertId", oracle, fault,
                  floor(extract(epoch from starts_at) * 1000)::float8 as "startsAtMs",
                  floor(extract(epoch from stopped_at) * 1000)::float8 as "stoppedAtMs"
           from sale_stops join shows on shows.id = show_id
           where resumed_at is null order by sale_stops.id desc limit 200`,
  })
  return rows
}
