import { type ConcertId, concertId, type SeatId, seatId, type ShowId, showId } from '@greenroom/contract'
import type { PostgresControl } from './postgres-control.ts'

export type SaleShow = { showId: ShowId; firstSeatId: SeatId; seatCount: number }

/** One concert on sale. */
export type Sale = { concertId: ConcertId; shows: SaleShow[]; capacity: number }

export type SaleOptions = {
  /** Which concert of the demo gives hall and prices. */
  like: number
  shows: number
  capacity: number
}

/** Short, so that holds run out, offers lapse and passes end while faults last. */
const holdTtlMs = 4_000
export const turnTimes = { claimWindowMs: 3_000, passTtlMs: 20_000 }
const reentryWindowMs = 1_500
/** One fan buys all evening. */
const seatsPerFan = 100

/** Puts another concert like one of the demo's on sale, first come first served; all or nothing. */
export async function openSale(postgres: PostgresControl, options: SaleOptions): Promise<Sale> {
  const rows = await postgres.query<{
    concertId: number
    showId: number
    firstSeatId: number
    seatCount: number
  }>(
    `with concert as (
       insert into concerts (title, artist, about, venue, time_zone, seats_per_fan, hold_ttl_ms, hold_max_life_ms)
       select title, artist, about, venue, time_zone, $4, $5, 3 * $5 from concerts where id = $1 returning id
     ), priced as (
       insert into prices (concert_id, category_code, category_name, color, price_minor)
       select concert.id, category_code, category_name, color, price_minor from prices, concert where concert_id = $1
       returning category_code, price_minor
     ), line as (
       insert into lines (concert_id, mode, opens_at, capacity, claim_window_ms, pass_ttl_ms, reentry_window_ms)
       select id, 'fifo', now() - interval '1 minute', $3, $6, $7, $8 from concert
     ), plan as (
       select id, seat_count from seat_plans where id = (select seat_plan_id from shows where concert_id = $1 limit 1)
     ), next as (
       select 1 + coalesce(max(first_seat_id + seat_count), 0) as seat_id from shows
     ), dates as (
       insert into shows (concert_id, seat_plan_id, starts_at, first_seat_id, seat_count)
       select concert.id, plan.id, now() + n * interval '30 days', next.seat_id + (n - 1) * plan.seat_count, plan.seat_count
       from concert, plan, next, generate_series(1, $2::integer) n
       returning id, concert_id, seat_plan_id, first_seat_id, seat_count
     ), seated as (
       insert into seats (id, show_id, ordinal, section, row_label, number, category_code, price_minor)
       select dates.first_seat_id + seat.ordinal, dates.id, seat.ordinal, seat.section, seat.row_label, seat.number,
              seat.category_code, priced.price_minor
       from dates join seat_plan_seats seat using (seat_plan_id) join priced using (category_code)
     )
     select concert_id::float8 as "concertId", id::float8 as "showId", first_seat_id::float8 as "firstSeatId",
            seat_count as "seatCount"
     from dates order by id`,
    [
      options.like,
      options.shows,
      options.capacity,
      seatsPerFan,
      holdTtlMs,
      turnTimes.claimWindowMs,
      turnTimes.passTtlMs,
      reentryWindowMs,
    ],
  )
  return {
    concertId: concertId.parse(rows[0]?.concertId),
    shows: rows.map((row) => ({
      showId: showId.parse(row.showId),
      firstSeatId: seatId.parse(row.firstSeatId),
      seatCount: row.seatCount,
    })),
    capacity: options.capacity,
  }
}
