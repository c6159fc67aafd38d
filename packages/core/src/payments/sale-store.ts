import type {
  AccountId,
  ConcertId,
  Currency,
  ReservationId,
  ReservationState,
  SeatId,
  ShowId,
} from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'
import { type CountKey, isOnSaleSql } from '../reservations/index.ts'

/** What of a reservation never changes. */
export type ReservationFacts = {
  reservationId: ReservationId
  showId: ShowId
  concertId: ConcertId
  seatIds: SeatId[]
  amountMinor: number
  currency: Currency
}

/** `state` is the one of a moment ago: only `lockReservationStates` says what it stays. `isOver`: its time is, swept or not. */
export type FoundReservation = ReservationFacts & {
  state: ReservationState
  isOver: boolean
  isOnSale: boolean
  /** The invariant that was found broken at the show; null: none, so it sells. */
  stoppedBy: string | null
}

/** The fan's own reservations among `ids`, without locking them. */
export async function findReservations(
  tx: Database['pool'] | Tx,
  fanId: AccountId,
  ids: readonly ReservationId[],
): Promise<FoundReservation[]> {
  const { rows } = await tx.query<FoundReservation>({
    name: 'find-reservations-to-pay',
    text: `select reservations.id as "reservationId", show_id as "showId", concerts.id as "concertId",
                  seat_ids as "seatIds", amount_minor as "amountMinor", state, concerts.currency,
                  held_until <= now() as "isOver", ${isOnSaleSql} as "isOnSale", shows.stopped_by as "stoppedBy"
           from reservations
           join shows on shows.id = show_id
           join concerts on concerts.id = reservations.concert_id
           left join lines on lines.concert_id = concerts.id
           where reservations.id = any($1) and fan_id = $2
           order by reservations.id`,
    values: [ids, fanId],
  })
  return rows
}

export type UnpaidHold = {
  reservationId: ReservationId
  state: 'HELD' | 'EXPIRED' | 'RELEASED'
  isLive: boolean
}

/**
 * What the fan held at the concert after the newest payment there and did not pay: the newest 200, newest first. A hold
 * that was over by then is not among them; `isLive` ones always are.
 */
export async function findUnpaidHolds(
  db: Database,
  fanId: AccountId,
  concertId: ConcertId,
): Promise<UnpaidHold[]> {
  const { rows } = await db.pool.query<UnpaidHold>({
    name: 'find-unpaid-holds',
    text: `select id as "reservationId", state, state = 'HELD' and held_until > now() as "isLive"
           from reservations
           where fan_id = $1 and concert_id = $2 and state in ('HELD', 'EXPIRED', 'RELEASED')
             and case when state = 'RELEASED' then ended_at else held_until end
               > coalesce((select max(paid_at) from payments where fan_id = $1 and concert_id = $2), '-infinity')
           order by id desc limit 200`,
    values: [fanId, concertId],
  })
  return rows
}

/** A hold of somebody else whose time is over, on seats that a fan now pays for after all. */
export type LapsedHold = { reservationId: ReservationId; showId: ShowId; fanId: AccountId; seatIds: SeatId[] }

export async function findLapsedHolds(tx: Tx, seatIds: readonly SeatId[]): Promise<LapsedHold[]> {
  const { rows } = await tx.query<LapsedHold>({
    name: 'find-lapsed-holds',
    text: `select id as "reservationId", show_id as "showId", fan_id as "fanId", seat_ids as "seatIds"
           from reservations
           where id in (select reservation_id from seats where id = any($1) and held_until <= now())`,
    values: [seatIds],
  })
  return rows
}

/** The reservations' states as they stay until the transaction ends, locked in the order of their ids. */
export async function lockReservationStates(
  tx: Tx,
  ids: readonly ReservationId[],
): Promise<Map<ReservationId, ReservationState>> {
  const { rows } = await tx.query<{ reservationId: ReservationId; state: ReservationState }>({
    name: 'lock-reservations-to-pay',
    text: `select id as "reservationId", state from reservations where id = any($1) order by id for update`,
    values: [ids],
  })
  return new Map(rows.map((row) => [row.reservationId, row.state]))
}

/** `change` seats more, or fewer. The row was made by the fan's first hold; its constraint has the last word on the limit. */
export async function addToSeatCount(
  tx: Tx,
  { showId, fanId, change }: CountKey & { change: number },
): Promise<void> {
  const { rowCount } = await tx.query({
    name: 'add-to-seat-count',
    text: 'update fan_seat_counts set seat_count = seat_count + $3 where show_id = $1 and fan_id = $2',
    values: [showId, fanId, change],
  })
  if (rowCount !== 1) throw new Error(`fan ${fanId} has no seat count for show ${showId}`)
}

export type ChangedSeat = { reservationId: ReservationId; seatId: SeatId; version: number }

/**
 * HELD or EXPIRED -> PAID, and the seats sold: those that the reservation holds (its id is the fence) or that nobody
 * does. The caller counts the rows: fewer than the reservations have seats means that somebody else has one.
 */
export async function sellSeats(tx: Tx, ids: readonly ReservationId[]): Promise<ChangedSeat[]> {
  const { rows } = await tx.query<ChangedSeat>({
    name: 'sell-seats',
    text: `with paid as (
             update reservations set state = 'PAID', paid_at = now(), ended_at = null
             where id = any($1) and state in ('HELD', 'EXPIRED')
             returning id, seat_ids
           )
           update seats set status = 'sold', reservation_id = paid.id, held_until = null, version = version + 1
           from paid, unnest(paid.seat_ids) as wanted (seat_id)
           where seats.id = wanted.seat_id
             and (seats.status = 'available' or (seats.status = 'held' and seats.reservation_id = paid.id))
           returning paid.id as "reservationId", seats.id as "seatId", seats.version`,
    values: [ids],
  })
  return rows.toSorted((one, other) => one.seatId - other.seatId)
}

/** PAID -> REFUNDED, and its seats available. No row when it was not PAID. */
export async function returnSeats(tx: Tx, reservationId: ReservationId): Promise<ChangedSeat[]> {
  const { rows } = await tx.query<ChangedSeat>({
    name: 'return-seats',
    text: `with refunded as (
             update reservations set state = 'REFUNDED', ended_at = now()
             where id = $1 and state = 'PAID'
             returning id, seat_ids
           )
           update seats set status = 'available', reservation_id = null, held_until = null, version = version + 1
           from refunded, unnest(refunded.seat_ids) as owned (seat_id)
           where seats.id = owned.seat_id and seats.status = 'sold' and seats.reservation_id = refunded.id
           returning refunded.id as "reservationId", seats.id as "seatId", seats.version`,
    values: [reservationId],
  })
  return rows.toSorted((one, other) => one.seatId - other.seatId)
}
