import { createHash, randomBytes } from 'node:crypto'
import { type ConcertId, concertId, type LocalizedText, seatId, showId } from '@greenroom/contract'
import { club, type DemoConcert } from '../support/on-sale.ts'
import { query } from '../support/query.ts'

/** What a copy has otherwise than the concert it is of. Times are minutes from now; `null` as an operator's word: none. */
export type ConcertWish = {
  of: ConcertId
  title: LocalizedText
  /** the first date, an instant; each other a day later; default: the original's */
  firstDate?: string
  holdTtlMs?: number
  passTtlMs?: number
  lobbyInMinutes?: number
  opensInMinutes?: number
  isLottery?: boolean
  capacity?: number
  ratePerMinute?: number
}

/** A club of 50 seats and three dates, under a title as long as titles get. */
export const aClub: ConcertWish = {
  of: club.concertId,
  title: {
    ko: '스무 살의 여름밤, 다시 부르는 이름들: 한강 야외 음악당 개관 십 주년 기념 합동 공연',
    en: 'Summer Nights at Twenty, Names Sung Again: Ten Years of the Open-Air Hall on the Han River',
  },
}

/** A draw that one can still join. */
export const inLobby = {
  isLottery: true,
  lobbyInMinutes: -5,
  opensInMinutes: 90,
} satisfies Partial<ConcertWish>

/**
 * Puts another concert like one of the demo's into the database, dates, seats and all, with a line of its own: so each
 * phase of a line can be looked at without a change to another's.
 */
export async function copyConcert(databaseUrl: string, wish: ConcertWish): Promise<DemoConcert> {
  const seed = wish.isLottery === true ? randomBytes(32).toString('hex') : null
  const rows = await query<{ concertId: number; showId: number; firstSeatId: number }>(databaseUrl, copySql, [
    wish.of,
    JSON.stringify(wish.title),
    wish.holdTtlMs ?? null,
    wish.lobbyInMinutes ?? null,
    wish.opensInMinutes ?? 0,
    wish.capacity ?? 200,
    wish.ratePerMinute ?? null,
    wish.passTtlMs ?? 600_000,
    seed === null ? 'fifo' : 'lottery',
    seed,
    seed === null ? null : createHash('sha256').update(seed).digest('hex'),
    wish.firstDate ?? null,
  ])
  const [first, second, ...others] = rows.map((row) => showId.parse(Number(row.showId)))
  if (first === undefined || second === undefined)
    throw new Error(`concert ${wish.of} has less than two dates`)
  return {
    concertId: concertId.parse(Number(rows[0]?.concertId)),
    shows: [first, second, ...others],
    seat: (n) => seatId.parse(Number(rows[0]?.firstSeatId) - 1 + n),
  }
}

const copySql = `
  with concert as (
    insert into concerts (title, artist, about, venue, time_zone, currency, accent_color, seats_per_fan, hold_ttl_ms)
    select $2::jsonb, artist, about, venue, time_zone, currency, accent_color, seats_per_fan,
           coalesce($3::integer, hold_ttl_ms)
    from concerts where id = $1
    returning id),
  priced as (
    insert into prices (concert_id, category_code, category_name, color, price_minor)
    select concert.id, category_code, category_name, color, price_minor from prices, concert where concert_id = $1),
  line as (
    insert into lines (concert_id, mode, lobby_opens_at, opens_at, capacity, rate_per_minute, pass_ttl_ms,
                       lottery_seed, lottery_commitment)
    select id, $9, now() + make_interval(mins => $4::integer), now() + make_interval(mins => $5::integer),
           $6, $7, $8, $10, $11
    from concert),
  show as (
    insert into shows (concert_id, seat_plan_id, starts_at, first_seat_id, seat_count)
    select concert.id, seat_plan_id,
           coalesce($12::timestamptz + make_interval(days => row_number() over (order by starts_at)::integer - 1), starts_at),
           (select max(first_seat_id + seat_count) from shows)
             + seat_count * (row_number() over (order by starts_at) - 1),
           seat_count
    from shows, concert where concert_id = $1
    returning id, concert_id, first_seat_id),
  seated as (
    insert into seats (id, show_id, ordinal, section, row_label, number, category_code, price_minor)
    select show.first_seat_id + ordinal, show.id, ordinal, section, row_label, number, category_code, price_minor
    from show, seats where show_id = (select min(id) from shows where concert_id = $1))
  select concert_id as "concertId", id as "showId", first_seat_id as "firstSeatId" from show order by id`
