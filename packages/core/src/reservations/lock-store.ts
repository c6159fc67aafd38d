import type { AccountId, SeatId, ShowId } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import type { SeatState } from './hold-decision.ts'

export type CountKey = { showId: ShowId; fanId: AccountId }

/** How many seats of a show a fan holds or owns, and how many they may. */
export type SeatCount = CountKey & { seatCount: number; seatLimit: number }

/** What decides about a seat. Held, but its time is over: whoever wants it may have it. */
export const seatStateColumns = `id as "seatId", show_id as "showId", status,
  coalesce(held_until <= now(), false) as "isLapsed", reservation_id as "reservationId"`

/**
 * Locks the rows that count fans' seats, in the order of their keys: the first lock that whoever changes seats takes, be it
 * to hold, release, pay or refund. A fan who never held a seat of the show has no row: see `beginSeatCounts`.
 */
export async function lockSeatCounts(tx: Tx, keys: readonly CountKey[]): Promise<SeatCount[]> {
  if (keys.length === 0) return []
  const { rows } = await tx.query<SeatCount>({
    name: 'lock-seat-counts',
    text: `select show_id as "showId", fan_id as "fanId", seat_count as "seatCount", seat_limit as "seatLimit"
           from fan_seat_counts
           where show_id = any($1::bigint[]) and fan_id = any($2::bigint[])
             and (show_id, fan_id) in (select * from unnest($1::bigint[], $2::bigint[]))
           order by show_id, fan_id for update`,
    values: [keys.map((key) => key.showId), keys.map((key) => key.fanId)],
  })
  return rows
}

/**
 * `lockSeatCounts` for fans of whom some may have no row yet: theirs begins here, at no seat, and is locked in the same
 * order. A row that began after the seats were locked could wait for whoever made and locked it meanwhile, and they for a seat.
 */
export async function beginSeatCounts(tx: Tx, keys: readonly CountKey[]): Promise<SeatCount[]> {
  const { rows } = await tx.query<SeatCount>({
    name: 'begin-seat-counts',
    text: `insert into fan_seat_counts (show_id, fan_id, seat_count, seat_limit)
           select show_id, fan_id, 0, seats_per_fan
           from (select distinct * from unnest($1::bigint[], $2::bigint[]) as wanted (show_id, fan_id)) wanted
           join shows on shows.id = show_id join concerts on concerts.id = concert_id
           order by show_id, fan_id
           on conflict (show_id, fan_id) do update set seat_limit = fan_seat_counts.seat_limit
           returning show_id as "showId", fan_id as "fanId", seat_count as "seatCount", seat_limit as "seatLimit"`,
    values: [keys.map((key) => key.showId), keys.map((key) => key.fanId)],
  })
  return rows
}

/** Locks seats in the order of their ids, after the counts, and answers with what they are now that nobody else can change them. */
export async function lockSeats(tx: Tx, seatIds: readonly SeatId[]): Promise<Map<SeatId, SeatState>> {
  const { rows } = await tx.query<SeatState>({
    name: 'lock-seats',
    text: `select ${seatStateColumns} from seats where id = any($1::bigint[]) order by id for update`,
    values: [[...new Set(seatIds)]],
  })
  return new Map(rows.map((seat) => [seat.seatId, seat]))
}
