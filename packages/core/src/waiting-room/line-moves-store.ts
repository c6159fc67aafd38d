import type { AccountId, ConcertId, LineKnowledge, LineMove } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

/**
 * How far a line's history is copied: the last entry that was told and the last place that was seen, and when all places had
 * been seen; `null`: never yet.
 */
export type Copied = { entry: number; place: number; seenAtMs: number | null }

/** Of a line whose history was never copied: before every entry and place. */
const nothing: Copied = { entry: 0, place: -1, seenAtMs: null }
export const isNothing = ({ entry, place }: Copied): boolean =>
  entry === nothing.entry && place === nothing.place

/** How far the history is copied now; begins one when there is none. */
export async function readCopied(db: Database, concertId: ConcertId): Promise<Copied> {
  const { rows } = await db.pool.query<Copied>({
    name: 'read-line-history',
    text: `with begun as (
             insert into line_histories (concert_id, entry, place) values ($1, $2, $3) on conflict do nothing
           )
           select entry, place, floor(extract(epoch from seen_at) * 1000)::float8 as "seenAtMs"
           from line_histories where concert_id = $1`,
    values: [concertId, nothing.entry, nothing.place],
  })
  return rows[0] ?? nothing
}

/**
 * Moves the history on, if it is still where it was: false, with nothing changed, when somebody else has copied meanwhile. The
 * row stays locked until the transaction ends. `sinceMs`: when a history begins that has only just begun.
 */
export async function advanceCopied(
  tx: Tx,
  concertId: ConcertId,
  from: Copied,
  to: Copied & { sinceMs: number | null },
): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'advance-line-history',
    text: `update line_histories set entry = $4, place = $5, seen_at = to_timestamp($6::float8 / 1000),
             since = coalesce(to_timestamp($7::float8 / 1000), since)
           where concert_id = $1 and entry = $2 and place = $3`,
    values: [concertId, from.entry, from.place, to.entry, to.place, to.seenAtMs, to.sinceMs],
  })
  return rowCount === 1
}

export type NewMove = { fanId: AccountId; move: LineMove; atMs: number; notBeforeMs: number | null }

export async function insertMoves(tx: Tx, concertId: ConcertId, moves: readonly NewMove[]): Promise<void> {
  await tx.query({
    name: 'insert-line-moves',
    text: `insert into line_moves (concert_id, fan_id, move, at, not_before)
           select $1, fan_id, move, to_timestamp(at_ms / 1000), to_timestamp(not_before_ms / 1000)
           from unnest($2::bigint[], $3::text[], $4::float8[], $5::float8[])
             as told (fan_id, move, at_ms, not_before_ms)`,
    values: [
      concertId,
      moves.map(({ fanId }) => fanId),
      moves.map(({ move }) => move),
      moves.map(({ atMs }) => atMs),
      moves.map(({ notBeforeMs }) => notBeforeMs),
    ],
  })
}

export type Gap = LineKnowledge['gaps'][number]

/** A Redis that took over may have a slower clock: the two moments are put in order. */
export async function insertGap(tx: Tx, concertId: ConcertId, gap: Gap): Promise<void> {
  await tx.query({
    name: 'insert-line-history-gap',
    text: `insert into line_history_gaps (concert_id, from_at, to_at, reason)
           values ($1, to_timestamp(least($2::float8, $3) / 1000), to_timestamp(greatest($2::float8, $3) / 1000), $4)`,
    values: [concertId, gap.fromMs, gap.toMs, gap.reason],
  })
}
