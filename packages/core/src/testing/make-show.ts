import { randomUUID } from 'node:crypto'
import {
  type ConcertId,
  encodeSeatGeometry,
  type SeatGeometry,
  type SeatId,
  type ShowId,
} from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'

export type ShowOptions = {
  seatCount?: number
  /** Seats in a row before the next row begins; one row by default. Seat numbers start at 1 in every row. */
  seatsPerRow?: number
  priceMinor?: number
  seatsPerFan?: number
  holdTtlMs?: number
  holdMaxLifeMs?: number
  /** How many fans may be inside at a time. */
  capacity?: number
}

export type TestShow = { concertId: ConcertId; showId: ShowId; seatIds: SeatId[] }

/** A concert with one show on sale now, its line open (FIFO) and all its seats in one section and one category, inserted plainly. */
export async function makeShow(deps: Deps, options: ShowOptions = {}): Promise<TestShow> {
  return await inTransaction(deps.db, async (tx) => {
    const seatCount = options.seatCount ?? 50
    const planId = await insertPlan(tx, seatCount, options.seatsPerRow ?? seatCount)
    const concertId = await insertConcert(tx, options)
    return { concertId, ...(await insertShow(tx, concertId, planId)) }
  })
}

/** Another date of the same concert, in the same hall. */
export async function addShow(deps: Deps, concertId: ConcertId): Promise<TestShow> {
  return await inTransaction(deps.db, async (tx) => {
    const { rows } = await tx.query<{ id: number }>(
      'select seat_plan_id as id from shows where concert_id = $1 limit 1',
      [concertId],
    )
    return { concertId, ...(await insertShow(tx, concertId, idOf(rows))) }
  })
}

async function insertPlan(tx: Tx, seatCount: number, seatsPerRow: number): Promise<number> {
  const geometry = layOutRows(seatCount, seatsPerRow)
  const { rows } = await tx.query<{ id: number }>(
    `insert into seat_plans (name, geometry_hash, geometry, document, categories, seat_count)
     values ('Test hall', $1, $2, '{}', '[{"name": "Standard", "color": "#7c5cff"}]', $3) returning id`,
    [randomUUID(), Buffer.from(encodeSeatGeometry(geometry)), seatCount],
  )
  const planId = idOf(rows)
  await tx.query(
    `insert into seat_plan_seats (seat_plan_id, ordinal, guid, section, row_label, number, category_code, x, y)
     select $1, n - 1, 'seat-' || n, 'Floor', ($2::text[])[(n - 1) / $3::integer + 1], number, 0, x, y
     from unnest($4::text[], $5::real[], $6::real[]) with ordinality as seat (number, x, y, n)`,
    [
      planId,
      geometry.rows.map((row) => row.label),
      seatsPerRow,
      geometry.seatNumber,
      [...geometry.x],
      [...geometry.y],
    ],
  )
  return planId
}

/** Straight rows A, B, ... behind each other; the stage is in front of the middle of row A. */
function layOutRows(seatCount: number, seatsPerRow: number): SeatGeometry {
  const ordinals = Array.from({ length: seatCount }, (_, ordinal) => ordinal)
  const rowCount = Math.ceil(seatCount / seatsPerRow)
  const bounds = { minX: 0, minY: 0, maxX: seatsPerRow, maxY: rowCount + 1 }
  return {
    name: 'Test hall',
    step: 0.5,
    bounds,
    focus: { x: (seatsPerRow - 1) / 2, y: 0 },
    seatPitch: 1,
    guidDigest: 'test',
    categories: [{ name: 'Standard', color: '#7c5cff' }],
    decorations: [],
    seatCount,
    sections: [
      {
        name: 'Floor',
        firstRow: 0,
        rowCount,
        firstOrdinal: 0,
        seatCount,
        label: { x: 0, y: 0 },
        outlines: [],
      },
    ],
    rows: Array.from({ length: rowCount }, (_, row) => ({
      label: row < 26 ? String.fromCharCode(65 + row) : String(row + 1),
      sectionIndex: 0,
      firstOrdinal: row * seatsPerRow,
      seatCount: Math.min(seatsPerRow, seatCount - row * seatsPerRow),
    })),
    x: Float32Array.from(ordinals, (ordinal) => ordinal % seatsPerRow),
    y: Float32Array.from(ordinals, (ordinal) => 1 + Math.floor(ordinal / seatsPerRow)),
    radius: new Uint16Array(seatCount).fill(1),
    categoryCode: new Uint8Array(seatCount),
    rowIndex: Uint32Array.from(ordinals, (ordinal) => Math.floor(ordinal / seatsPerRow)),
    seatNumber: ordinals.map((ordinal) => String((ordinal % seatsPerRow) + 1)),
  }
}

async function insertConcert(tx: Tx, options: ShowOptions): Promise<ConcertId> {
  const holdTtlMs = options.holdTtlMs ?? 300_000
  const { rows } = await tx.query<{ id: ConcertId }>(
    `insert into concerts (title, artist, about, venue, time_zone, seats_per_fan, hold_ttl_ms, hold_max_life_ms)
     values ('{"ko": "시험 공연", "en": "Test concert"}', 'Testers', '{"ko": "시험", "en": "A test."}',
             '{"ko": "시험장", "en": "Test hall"}', 'Asia/Seoul', $1, $2, $3) returning id`,
    [options.seatsPerFan ?? 4, holdTtlMs, options.holdMaxLifeMs ?? Math.max(900_000, holdTtlMs)],
  )
  const concertId = idOf(rows)
  await tx.query(
    "insert into prices (concert_id, category_code, category_name, color, price_minor) values ($1, 0, 'Standard', '#7c5cff', $2)",
    [concertId, options.priceMinor ?? 50_000],
  )
  await tx.query(
    "insert into lines (concert_id, mode, opens_at, capacity) values ($1, 'fifo', now() - interval '1 minute', $2)",
    [concertId, options.capacity ?? 200],
  )
  return concertId
}

async function insertShow(
  tx: Tx,
  concertId: ConcertId,
  planId: number,
): Promise<{ showId: ShowId; seatIds: SeatId[] }> {
  // two fixtures at once must not pick the same range of seat ids
  await tx.query('lock table shows in exclusive mode')
  const { rows } = await tx.query<{ id: ShowId }>(
    `insert into shows (concert_id, seat_plan_id, starts_at, first_seat_id, seat_count)
     select $1, $2, now() + interval '30 days' * (1 + (select count(*) from shows where concert_id = $1)),
            1 + coalesce((select max(first_seat_id + seat_count) from shows), 0), seat_count
     from seat_plans where id = $2 returning id`,
    [concertId, planId],
  )
  const showId = idOf(rows)
  const seats = await tx.query<{ id: SeatId }>(
    `insert into seats (id, show_id, ordinal, section, row_label, number, category_code, price_minor)
     select shows.first_seat_id + plan.ordinal, shows.id, plan.ordinal, plan.section, plan.row_label, plan.number,
            plan.category_code, prices.price_minor
     from shows
     join seat_plan_seats plan using (seat_plan_id)
     join prices on prices.concert_id = shows.concert_id and prices.category_code = plan.category_code
     where shows.id = $1 order by plan.ordinal returning id`,
    [showId],
  )
  return { showId, seatIds: seats.rows.map((seat) => seat.id) }
}

function idOf<Id>(rows: { id: Id }[]): Id {
  const [row] = rows
  if (row === undefined) throw new Error('nothing was inserted or found')
  return row.id
}
