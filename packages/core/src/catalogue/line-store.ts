import type { ConcertId, LineSettings } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'
import { drawSeed, type LineTimes } from '../waiting-room/index.ts'

/** Opens the concert's line. A lottery's seed is drawn here and kept secret until the sale opens; its sha256 is public at once. */
export async function insertLine(tx: Tx, concertId: ConcertId, line: LineSettings): Promise<void> {
  const draw = line.mode === 'lottery' ? drawSeed() : null
  await tx.query(
    `insert into lines (concert_id, mode, lobby_opens_at, opens_at, closes_at, capacity, rate_per_minute, lottery_seed,
                        lottery_commitment)
     values ($1, $2, to_timestamp($3::float8 / 1000), to_timestamp($4::float8 / 1000), to_timestamp($5::float8 / 1000),
             $6, $7, $8, $9)`,
    [
      concertId,
      line.mode,
      line.lobbyOpensAtMs,
      line.opensAtMs,
      line.closesAtMs,
      line.capacity,
      line.ratePerMinute,
      draw?.seed ?? null,
      draw?.commitment ?? null,
    ],
  )
}

export type LineClock = LineTimes & {
  concertId: ConcertId
  /** Postgres' time when this was read. */
  nowMs: number
  /** Whether any seat of any date may still be had: free, or held and perhaps coming back. */
  isObtainable: boolean
}

/** What says in which phase a line is, for the given concerts. */
export async function findLineClocks(db: Database, concertIds: ConcertId[]): Promise<LineClock[]> {
  const { rows } = await db.pool.query<LineClock>({
    name: 'find-line-clocks',
    text: `
      select lines.concert_id as "concertId", override,
             floor(extract(epoch from lobby_opens_at) * 1000)::bigint as "lobbyOpensAtMs",
             floor(extract(epoch from opens_at) * 1000)::bigint as "opensAtMs",
             floor(extract(epoch from closes_at) * 1000)::bigint as "closesAtMs",
             floor(extract(epoch from now()) * 1000)::bigint as "nowMs",
             exists (select from seats join shows on shows.id = seats.show_id
                     where shows.concert_id = lines.concert_id and seats.status in ('available', 'held')) as "isObtainable"
      from lines where lines.concert_id = any($1)`,
    values: [concertIds],
  })
  return rows
}
