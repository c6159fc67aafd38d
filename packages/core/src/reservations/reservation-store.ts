import type {
  AccountId,
  ConcertId,
  Reservation,
  ReservationId,
  ReservationListing,
  SeatId,
  ShowId,
} from '@greenroom/contract'
import { movedFromSql } from '../catalogue/index.ts'
import type { Database, Tx } from '../platform/database.ts'

/** A hold whose time is over reads as EXPIRED, swept or not: its seats are anybody's. */
const reservationColumns = `
  r.id as "reservationId", r.concert_id as "concertId", r.show_id as "showId",
  case when r.state = 'HELD' and r.held_until <= now() then 'EXPIRED' else r.state end as state,
  (select json_agg(json_build_object('seatId', s.id, 'section', s.section, 'row', s.row_label, 'number', s.number,
     'categoryCode', s.category_code, 'priceMinor', s.price_minor) order by s.ordinal)
   from seats s where s.id = any(r.seat_ids)) as seats,
  r.amount_minor as "amountMinor", c.currency,
  floor(extract(epoch from r.held_at) * 1000)::float8 as "heldAtMs",
  floor(extract(epoch from r.held_until) * 1000)::float8 as "heldUntilMs",
  floor(extract(epoch from now()) * 1000)::float8 as "asOfMs"`

const listingColumns = `${reservationColumns}, c.title as "concertTitle", c.venue, c.time_zone as "timeZone",
  floor(extract(epoch from sh.starts_at) * 1000)::float8 as "startsAtMs", sh.cancelled_at is not null as "isCancelled",
  ${movedFromSql('r.held_at', 'sh')} as "movedFromMs",
  (select max(p.id) from payments p where p.fan_id = r.fan_id and r.id = any(p.reservation_ids)) as "paymentId"`

const joined = `from reservations r join concerts c on c.id = r.concert_id join shows sh on sh.id = r.show_id`

/** The reservations with these ids, whoever owns them. */
export async function findReservations(
  connection: Database['pool'] | Tx,
  reservationIds: readonly ReservationId[],
): Promise<Reservation[]> {
  const { rows } = await connection.query<Reservation>({
    name: 'find-reservations',
    text: `select ${reservationColumns} ${joined} where r.id = any($1::bigint[])`,
    values: [reservationIds],
  })
  return rows
}

export async function findLiveHolds(
  db: Database,
  fanId: AccountId,
  concertId: ConcertId,
): Promise<Reservation[]> {
  const { rows } = await db.pool.query<Reservation>({
    name: 'find-live-holds',
    text: `select ${reservationColumns} ${joined}
           where r.fan_id = $1 and r.concert_id = $2 and r.state = 'HELD' and r.held_until > now() order by r.id`,
    values: [fanId, concertId],
  })
  return rows
}

export async function findListing(
  db: Database,
  fanId: AccountId,
  reservationId: ReservationId,
): Promise<ReservationListing | undefined> {
  const { rows } = await db.pool.query<ReservationListing>({
    name: 'find-listing',
    text: `select ${listingColumns} ${joined} where r.fan_id = $1 and r.id = $2`,
    values: [fanId, reservationId],
  })
  return rows[0]
}

/** A fan's newest reservations first. */
export async function findListings(
  db: Database,
  fanId: AccountId,
  limit: number,
): Promise<ReservationListing[]> {
  const { rows } = await db.pool.query<ReservationListing>({
    name: 'find-listings',
    text: `select ${listingColumns} ${joined} where r.fan_id = $1 order by r.id desc limit $2`,
    values: [fanId, limit],
  })
  return rows
}

/** Whose a reservation is and which seats it names: what never changes about it. */
export type Fence = { fanId: AccountId; concertId: ConcertId; showId: ShowId; seatIds: SeatId[] }

export async function readFence(db: Database, reservationId: ReservationId): Promise<Fence | undefined> {
  const { rows } = await db.pool.query<Fence>({
    name: 'read-fence',
    text: `select fan_id as "fanId", concert_id as "concertId", show_id as "showId", seat_ids as "seatIds"
           from reservations where id = $1`,
    values: [reservationId],
  })
  return rows[0]
}
