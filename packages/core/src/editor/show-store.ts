import type { AccountId, ConcertId, ShowId } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

/** Whose the show is; `undefined`: there is none such. */
export async function findConcertOf(tx: Tx, showId: ShowId): Promise<ConcertId | undefined> {
  const { rows } = await tx.query<{ concertId: ConcertId }>(
    'select concert_id as "concertId" from shows where id = $1',
    [showId],
  )
  return rows[0]?.concertId
}

type Move = { showId: ShowId; operatorId: AccountId; fromMs: number; startsAtMs: number }

/**
 * Moves the show if it is still to begin when the operator believes, takes place, has not begun, and does so later than now; else
 * nothing. Waits for whoever changes the show. Notes the move for who bought before it.
 */
export const moveShowText = `
with moved as (
  update shows set starts_at = to_timestamp($3::float8 / 1000)
  where id = $1 and floor(extract(epoch from starts_at) * 1000) = $2 and $3 <> $2
    and cancelled_at is null and starts_at > clock_timestamp()
    and to_timestamp($3::float8 / 1000) > clock_timestamp()
  returning id, starts_at
)
insert into show_moves (show_id, from_at, to_at, moved_by)
select id, to_timestamp($2::float8 / 1000), starts_at, $4 from moved
returning floor(extract(epoch from moved_at) * 1000)::float8 as "movedAtMs"`

/** When that was; `undefined`: nothing was moved. */
export async function moveStart(tx: Tx, move: Move): Promise<number | undefined> {
  const { rows } = await tx.query<{ movedAtMs: number }>(moveShowText, [
    move.showId,
    move.fromMs,
    move.startsAtMs,
    move.operatorId,
  ])
  return rows[0]?.movedAtMs
}

type ShowNow = { startsAtMs: number; hasBegun: boolean; isCancelled: boolean }

export async function readShowNow(tx: Tx, showId: ShowId): Promise<ShowNow | undefined> {
  const { rows } = await tx.query<ShowNow>(
    `select floor(extract(epoch from starts_at) * 1000)::float8 as "startsAtMs",
            starts_at <= clock_timestamp() as "hasBegun", cancelled_at is not null as "isCancelled"
     from shows where id = $1`,
    [showId],
  )
  return rows[0]
}

/** When the last show that takes place begins; `null`: none does. */
export async function findLastStart(tx: Tx, concertId: ConcertId): Promise<number | null> {
  const { rows } = await tx.query<{ atMs: number | null }>(
    `select floor(extract(epoch from max(starts_at)) * 1000)::float8 as "atMs"
     from shows where concert_id = $1 and cancelled_at is null`,
    [concertId],
  )
  return rows[0]?.atMs ?? null
}

/** What `remove_show` answers: done, done before, or why not (migrations/0024-shows-that-move.sql). */
export type Removal = 'removed' | 'gone' | 'unknown' | 'cancelled' | 'opened' | 'touched'

export async function removeUntouched(
  tx: Tx,
  { showId, operatorId }: { showId: ShowId; operatorId: AccountId },
): Promise<Removal> {
  const { rows } = await tx.query<{ removal: Removal }>('select remove_show($1, $2) as removal', [
    showId,
    operatorId,
  ])
  const [row] = rows
  if (row === undefined) throw new Error('a function gave no row')
  return row.removal
}

/** What a show was, for the audit to tell of one that is to be removed. */
type ShowFacts = { concertId: ConcertId; startsAtMs: number; seatPlanId: number; seatCount: number }

export async function readShowFacts(
  db: Database['pool'] | Tx,
  showId: ShowId,
): Promise<ShowFacts | undefined> {
  const { rows } = await db.query<ShowFacts>(
    `select concert_id as "concertId", floor(extract(epoch from starts_at) * 1000)::float8 as "startsAtMs",
            seat_plan_id as "seatPlanId", seat_count as "seatCount" from shows where id = $1`,
    [showId],
  )
  return rows[0]
}
