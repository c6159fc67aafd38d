import type { AccountId, ConcertId, SeatId, ShowId } from '@greenroom/contract'
import { admit, createConcert, createShow, type Deps, importSeatPlan, joinLine } from '@greenroom/core'

export type BenchShow = { showId: ShowId; seatIds: SeatId[] }
export type Sale = { concertId: ConcertId; shows: BenchShow[] }

const seatsPerRow = 100
const dayMs = 24 * 3_600_000

/** A concert that is on sale now, each of its shows in the same hall of `seatCount` seats at 50,000. */
export async function openSale(
  deps: Deps,
  sale: { seatCount: number; showCount: number; capacity: number },
): Promise<Sale> {
  const { seatPlanId } = await importSeatPlan(deps, layOutHall(sale.seatCount))
  const nowMs = Date.now()
  const text = { ko: '측정', en: 'Bench' }
  const concertId = await createConcert(deps, {
    title: text,
    artist: 'Bench',
    about: text,
    venue: text,
    timeZone: 'Asia/Seoul',
    seatPlanId,
    prices: [{ categoryCode: 0, priceMinor: 50_000 }],
    line: { mode: 'fifo', opensAtMs: nowMs - 60_000, capacity: sale.capacity },
  })
  const shows: BenchShow[] = []
  for (let day = 1; day <= sale.showCount; day++) {
    const showId = await createShow(deps, { concertId, seatPlanId, startsAtMs: nowMs + day * dayMs })
    shows.push({ showId, seatIds: await readSeatIds(deps, showId) })
  }
  return { concertId, shows }
}

/**
 * Makes each seat of the show held, sold, blocked or free by chance, as no real sale does: no packing makes such a map smaller.
 * For reading only; nobody can pay such a reservation.
 */
export async function scatterSeats(
  deps: Deps,
  at: { concertId: ConcertId; showId: ShowId; fanId: AccountId; seatIds: readonly SeatId[] },
): Promise<void> {
  await deps.db.pool.query(
    `with reservation as (
       insert into reservations (show_id, concert_id, fan_id, seat_ids, amount_minor, held_until, max_held_until)
       values ($1, $2, $3, array[$4::bigint], 0, now() + interval '1 hour', now() + interval '1 hour')
       returning id
     ), drawn as (
       select id as seat_id, (array['available', 'held', 'sold', 'blocked'])[1 + floor(random() * 4)] as drawn_status
       from seats where show_id = $1
     )
     update seats set
       status = drawn_status,
       reservation_id = case when drawn_status in ('held', 'sold') then reservation.id end,
       held_until = case when drawn_status = 'held' then now() + interval '1 hour' end,
       version = version + 1
     from drawn, reservation where seats.id = drawn.seat_id`,
    [at.showId, at.concertId, at.fanId, at.seatIds[0]],
  )
}

async function readSeatIds(deps: Deps, showId: ShowId): Promise<SeatId[]> {
  const { rows } = await deps.db.pool.query<{ id: SeatId }>(
    'select id from seats where show_id = $1 order by id',
    [showId],
  )
  return rows.map((row) => row.id)
}

/** A seat plan document: one zone, straight rows of a hundred. */
function layOutHall(seatCount: number): object {
  const seats = Array.from({ length: seatCount }, (_, ordinal) => ({
    seat_guid: `seat-${ordinal}`,
    seat_number: String((ordinal % seatsPerRow) + 1),
    position: { x: (ordinal % seatsPerRow) * 25, y: 0 },
    category: 'Standard',
  }))
  const rows = Array.from({ length: Math.ceil(seatCount / seatsPerRow) }, (_, row) => ({
    row_number: String(row + 1),
    position: { x: 0, y: row * 25 },
    seats: seats.slice(row * seatsPerRow, (row + 1) * seatsPerRow),
  }))
  return {
    name: `Bench hall of ${seatCount}`,
    zones: [{ name: 'Floor', position: { x: 0, y: 0 }, rows }],
    categories: [{ name: 'Standard', color: '#7c5cff' }],
    size: { width: 25 * seatsPerRow, height: 25 * rows.length },
  }
}

/** Fans with an empty wallet, inserted plainly: signing up costs 30 ms of a core each. */
export async function addFans(deps: Deps, count: number): Promise<AccountId[]> {
  const { rows } = await deps.db.pool.query<{ id: AccountId }>(
    `with fans as (
       insert into accounts (email, name, password_hash)
       select gen_random_uuid() || '@bench.example', 'Fan', 'none' from generate_series(1, $1) returning id
     ), opened as (
       insert into wallets (kind, account_id, balance_minor) select 'fan', id, 0 from fans
     )
     select id from fans order by id`,
    [count],
  )
  return rows.map((row) => row.id)
}

export type InsideFan = { fanId: AccountId; pass: string }

/** Between two ticks; the line lets nobody in on a count of seats older than 5 s. */
const fansPerTick = 500

/** Lets new fans in by way of the line, which has room for them. */
export async function letIn(deps: Deps, concertId: ConcertId, count: number): Promise<InsideFan[]> {
  const fanIds = await addFans(deps, count)
  const inside: InsideFan[] = []
  for (let first = 0; first < count; first += fansPerTick) {
    await admit(deps, { concertId })
    const group = fanIds.slice(first, first + fansPerTick)
    inside.push(...(await Promise.all(group.map((fanId) => enter(deps, concertId, fanId)))))
  }
  return inside
}

async function enter(deps: Deps, concertId: ConcertId, fanId: AccountId): Promise<InsideFan> {
  const { entry } = await joinLine(deps, { concertId, fanId })
  if (entry.state !== 'active') throw new Error(`a fan of the bench is not inside but ${entry.state}`)
  return { fanId, pass: entry.pass }
}
