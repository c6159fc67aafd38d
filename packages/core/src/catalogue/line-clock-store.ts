import type { ConcertId } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'
import type { LineTimes } from '../waiting-room/index.ts'

export type LineClock = LineTimes & {
  concertId: ConcertId
  /** Postgres' time when this was read. */
  nowMs: number
  /** Whether any seat of a date to come may still be had: free, or held and perhaps coming back. */
  isObtainable: boolean
}

/** What says in which phase a line is, for the given concerts. */
export async function findLineClocks(db: Database, concertIds: ConcertId[]): Promise<LineClock[]> {
  const { rows } = await db.pool.query<LineClock>({
    name: 'find-line-clocks',
    text: `
      select lines.concert_id as "concertId", override, was_opened as "wasOpened",
             floor(extract(epoch from lobby_opens_at) * 1000)::bigint as "lobbyOpensAtMs",
             floor(extract(epoch from opens_at) * 1000)::bigint as "opensAtMs",
             floor(extract(epoch from closes_at) * 1000)::bigint as "closesAtMs",
             floor(extract(epoch from now()) * 1000)::bigint as "nowMs",
             exists (select from seats join shows on shows.id = seats.show_id
                     where shows.concert_id = lines.concert_id and shows.starts_at > now() and seats.status in ('available', 'held')) as "isObtainable"
      from lines where lines.concert_id = any($1)`,
    values: [concertIds],
  })
  return rows
}
