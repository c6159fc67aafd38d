import {
  type AccountId,
  type ConcertId,
  DomainError,
  type LineMessage,
  type LineSettings,
} from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'
import type { Line, Steering } from './line.ts'
import type { Place } from './place.ts'

/** The line's settings and Postgres' clock when they were read. Refuses with NOT_FOUND for a concert without a line. */
export async function readLineRow(
  db: Database,
  concertId: ConcertId,
): Promise<{ line: Line; nowMs: number }> {
  const { rows } = await db.pool.query<Line & { nowMs: number }>({
    name: 'read-line',
    text: `select ${lineColumns}, (extract(epoch from clock_timestamp()) * 1000)::bigint as "nowMs"
           from lines where concert_id = $1`,
    values: [concertId],
  })
  const [row] = rows
  if (row === undefined) throw new DomainError('NOT_FOUND', { what: 'concert' })
  const { nowMs, ...line } = row
  return { line, nowMs }
}

const lineColumns = `concert_id as "concertId", mode, override, was_opened as "wasOpened", capacity,
  (extract(epoch from lobby_opens_at) * 1000)::bigint as "lobbyOpensAtMs",
  (extract(epoch from opens_at) * 1000)::bigint as "opensAtMs",
  (extract(epoch from closes_at) * 1000)::bigint as "closesAtMs",
  rate_per_minute as "ratePerMinute", load_aware as "isLoadAware", floor_per_minute as "floorPerMinute",
  target_p95_ms as "targetP95Ms", claim_window_ms as "claimWindowMs", pass_ttl_ms as "passTtlMs",
  reentry_window_ms as "reentryWindowMs", begun_epoch as "begunEpoch", message, lottery_seed as "lotterySeed", lottery_commitment as "lotteryCommitment"`

/** The same row, locked until the transaction ends: two operators take turns. */
export async function lockLineRow(tx: Tx, concertId: ConcertId): Promise<Line> {
  const { rows } = await tx.query<Line>(`select ${lineColumns} from lines where concert_id = $1 for update`, [
    concertId,
  ])
  const [line] = rows
  if (line === undefined) throw new DomainError('NOT_FOUND', { what: 'concert' })
  return line
}

export async function insertLine(
  tx: Tx,
  concertId: ConcertId,
  line: LineSettings,
  draw: { seed: string; commitment: string } | null,
): Promise<void> {
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

export async function updateLineRow(tx: Tx, line: { concertId: ConcertId } & Steering): Promise<void> {
  await tx.query(
    `update lines set override = $2, was_opened = was_opened or $2 is not distinct from 'open', capacity = $3, rate_per_minute = $4, load_aware = $5, floor_per_minute = $6, target_p95_ms = $7
     where concert_id = $1`,
    [
      line.concertId,
      line.override,
      line.capacity,
      line.ratePerMinute,
      line.isLoadAware,
      line.floorPerMinute,
      line.targetP95Ms,
    ],
  )
}

export async function updateMessage(
  tx: Tx,
  concertId: ConcertId,
  message: LineMessage | null,
): Promise<void> {
  await tx.query('update lines set message = $2 where concert_id = $1', [
    concertId,
    message === null ? null : JSON.stringify(message),
  ])
}

/** Changes when a line opens and closes. `draw`: the seed of a line that becomes a lottery, `null` of one that is none any more. */
export async function updateLineClock(
  tx: Tx,
  line: { concertId: ConcertId } & Pick<Line, 'mode' | 'lobbyOpensAtMs' | 'opensAtMs' | 'closesAtMs'>,
  draw: { seed: string; commitment: string } | null | undefined,
): Promise<void> {
  await tx.query(
    `update lines set mode = $2, lobby_opens_at = to_timestamp($3::float8 / 1000),
       opens_at = to_timestamp($4::float8 / 1000), closes_at = to_timestamp($5::float8 / 1000),
       lottery_seed = case when $6 then lottery_seed else $7 end,
       lottery_commitment = case when $6 then lottery_commitment else $8 end
     where concert_id = $1`,
    [
      line.concertId,
      line.mode,
      line.lobbyOpensAtMs,
      line.opensAtMs,
      line.closesAtMs,
      draw === undefined,
      draw?.seed ?? null,
      draw?.commitment ?? null,
    ],
  )
}

/** Postgres' clock now, not when the transaction began. */
export async function readDatabaseMs(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ nowMs: number }>(
    'select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs"',
  )
  const [row] = rows
  if (row === undefined) throw new Error('a select without from gave no row')
  return row.nowMs
}

/**
 * Lines that may need a tick: all but those that closed more than an hour ago and those whose last show began that long ago.
 */
export async function findLiveLines(db: Database): Promise<ConcertId[]> {
  const { rows } = await db.pool.query<{ concertId: ConcertId }>(
    `select concert_id as "concertId" from lines
     where (closes_at is null or closes_at > now() - interval '1 hour')
       and exists (select from shows where shows.concert_id = lines.concert_id and starts_at > now() - interval '1 hour')
     order by concert_id`,
  )
  return rows.map((row) => row.concertId)
}

/**
 * An epoch above `atLeast` that nobody was given before, and whether the line ever had one. A rebuilder that dies with
 * its epoch costs one of 8,191.
 */
export async function takeEpoch(
  db: Database,
  concertId: ConcertId,
  atLeast: number,
): Promise<{ epoch: number; isFirst: boolean }> {
  const { rows } = await db.pool.query<{ epoch: number; isFirst: boolean }>({
    name: 'take-epoch',
    text: `update lines set epoch = greatest(epoch, $2) + 1 where concert_id = $1
           returning epoch, begun_epoch = 0 as "isFirst"`,
    values: [concertId, atLeast],
  })
  const [row] = rows
  if (row === undefined) throw new DomainError('NOT_FOUND', { what: 'concert' })
  return row
}

/** Notes that places of this epoch may be given from now on; false, with nothing changed, when it or a later one began before. */
export async function markEpochBegun(db: Database, concertId: ConcertId, epoch: number): Promise<boolean> {
  const { rowCount } = await db.pool.query({
    name: 'mark-epoch-begun',
    text: 'update lines set begun_epoch = $2 where concert_id = $1 and begun_epoch < $2',
    values: [concertId, epoch],
  })
  return rowCount === 1
}

export type Stock = {
  /** Seats that are for sale or held: what the fans inside may still get. */
  obtainable: number
  /** [category code, seats available], summed over the concert's shows. */
  byCategory: [number, number][]
}

/** An expired hold counts as available, whether or not anybody has swept it yet; of a show that has begun nothing is to be had. */
export async function countStock(db: Database, concertId: ConcertId): Promise<Stock> {
  const { rows } = await db.pool.query<{ code: number; available: number; obtainable: number }>({
    name: 'count-line-stock',
    text: `select seats.category_code as code,
             count(*) filter (where status = 'available' or (status = 'held' and held_until <= now()))::int as available,
             count(*) filter (where status in ('available', 'held'))::int as obtainable
           from shows join seats on seats.show_id = shows.id
           where shows.concert_id = $1 and shows.starts_at > now() group by 1 order by 1`,
    values: [concertId],
  })
  return {
    obtainable: rows.reduce((sum, row) => sum + row.obtainable, 0),
    byCategory: rows.map((row) => [row.code, row.available]),
  }
}

type FanPlace = Place & { concertId: ConcertId; fanId: AccountId }

/** Notes with which place a fan goes in, before Redis lets them; a repeat, or an older place, changes nothing. */
export async function insertEnteredPlace(db: Database, place: FanPlace): Promise<void> {
  await db.pool.query({
    name: 'insert-entered-place',
    text: `insert into entered_places (concert_id, fan_id, epoch, seq) values ($1, $2, $3, $4)
           on conflict (concert_id, fan_id) do update
             set epoch = excluded.epoch, seq = excluded.seq, entered_at = now()
             where (entered_places.epoch, entered_places.seq) < (excluded.epoch, excluded.seq)`,
    values: [place.concertId, place.fanId, place.epoch, place.seq],
  })
}

/** Spends the place with which the fan last went in; a repeat changes nothing. */
export async function insertSpentPass(
  tx: Tx,
  fan: { concertId: ConcertId; fanId: AccountId },
): Promise<void> {
  await tx.query({
    name: 'insert-spent-pass',
    text: `insert into spent_passes (concert_id, fan_id, epoch, seq)
           select concert_id, fan_id, epoch, seq from entered_places where concert_id = $1 and fan_id = $2
           on conflict do nothing`,
    values: [fan.concertId, fan.fanId],
  })
}

/** The last place of the fan that bought something. */
export async function findSpentPlace(
  db: Database,
  fan: { concertId: ConcertId; fanId: AccountId },
): Promise<Place | undefined> {
  const { rows } = await db.pool.query<Place>({
    name: 'find-spent-place',
    text: `select epoch, seq from spent_passes where concert_id = $1 and fan_id = $2
           order by epoch desc, seq desc limit 1`,
    values: [fan.concertId, fan.fanId],
  })
  return rows[0]
}

export type PlaceProof = {
  /** This place, or a later one of the same fan, bought something. */
  isSpent: boolean
  /** When the fan went in with exactly this place, if they last went in with it. */
  enteredAtMs: number | null
  nowMs: number
}

/** What became of a place as far as Postgres was told, with its clock, for who has no other. */
export async function readProof(db: Database, place: FanPlace): Promise<PlaceProof> {
  const { rows } = await db.pool.query<PlaceProof>({
    name: 'read-place-proof',
    text: `select exists (select from spent_passes
             where concert_id = $1 and fan_id = $2 and (epoch, seq) >= ($3, $4)) as "isSpent",
             (select floor(extract(epoch from entered_at) * 1000)::bigint from entered_places
             where concert_id = $1 and fan_id = $2 and epoch = $3 and seq = $4) as "enteredAtMs",
             (extract(epoch from clock_timestamp()) * 1000)::bigint as "nowMs"`,
    values: [place.concertId, place.fanId, place.epoch, place.seq],
  })
  const [row] = rows
  if (row === undefined) throw new Error('a select without from gave no row')
  return row
}

/** Places spent in the last so many ms, the newest 2,000: what a process may not have told Redis after its commit. */
export async function findRecentlySpent(
  db: Database,
  concertId: ConcertId,
  withinMs: number,
): Promise<FanPlace[]> {
  const { rows } = await db.pool.query<FanPlace>({
    name: 'find-recently-spent',
    text: `select concert_id as "concertId", fan_id as "fanId", epoch, seq from spent_passes
           where concert_id = $1 and spent_at > clock_timestamp() - $2::float8 * interval '1 ms'
           order by spent_at desc limit 2000`,
    values: [concertId, withinMs],
  })
  return rows
}
