import type { ReservationId, SeatId, ShowId } from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'
import type { FanTerms, HeldReservation, HoldRequest, Scene, SeatState } from './hold-decision.ts'
import type { Place } from '../waiting-room/index.ts'
import { type CountKey, type SeatCount, seatStateColumns } from './lock-store.ts'
import { isOnSaleSql } from './on-sale-store.ts'

type Reader = Database['pool'] | Tx

/** Reads, without locking anything, what decides about these requests. */
export async function readScene(db: Reader, requests: readonly HoldRequest[]): Promise<Scene> {
  const { seats, shows, counts, spent } = await readRows(db, requests)
  const termsByShow = new Map(shows.map((show) => [show.showId, show]))
  const seatCounts = new Map(counts.map((count) => [keyOf(count), count.seatCount]))
  const spentPlaces = new Map(spent.map((place) => [keyOf(place), place]))
  const reservations = await readHeld(
    db,
    requests.filter((request) => (seatCounts.get(keyOf(request)) ?? 0) > 0),
    seats,
  )
  return {
    seats: new Map(seats.map((seat) => [seat.seatId, seat])),
    reservations: new Map(reservations.map((held) => [held.reservationId, held])),
    terms: (request) => {
      const show = termsByShow.get(request.showId)
      const seatCount = seatCounts.get(keyOf(request))
      const spentPlace = spentPlaces.get(keyOf(request))
      return show && { ...show, spentPlace, seatCount: seatCount ?? 0, isCounted: seatCount !== undefined }
    },
  }
}

type SceneRows = {
  seats: SeatState[]
  shows: (Pick<FanTerms, 'currency' | 'seatLimit' | 'isOnSale' | 'stoppedBy'> & { showId: ShowId })[]
  counts: (CountKey & { seatCount: number })[]
  /** The last one of each fan who has any. */
  spent: (CountKey & Place)[]
}

/** Four reads in one round trip. Each looks rows up in one table by its key, which is the right plan for a table of any size. */
async function readRows(db: Reader, requests: readonly HoldRequest[]): Promise<SceneRows> {
  const { rows } = await db.query<SceneRows>({
    name: 'read-scene',
    text: `select
      (select coalesce(json_agg(seat), '[]') from (
         select ${seatStateColumns} from seats where id = any($1::bigint[])) seat) as seats,
      (select coalesce(json_agg(show), '[]') from (
         select shows.id as "showId", concerts.currency, concerts.seats_per_fan as "seatLimit",
                ${isOnSaleSql} as "isOnSale", shows.stopped_by as "stoppedBy"
         from shows join concerts on concerts.id = concert_id left join lines using (concert_id)
         where shows.id = any($2::bigint[])) show) as shows,
      (select coalesce(json_agg(count), '[]') from (
         select show_id as "showId", fan_id as "fanId", seat_count as "seatCount" from fan_seat_counts
         where show_id = any($2::bigint[]) and fan_id = any($3::bigint[])) count) as counts,
      (select coalesce(json_agg(last), '[]') from (
         select distinct on (shows.id, fan_id) shows.id as "showId", fan_id as "fanId", epoch, seq
         from shows join spent_passes using (concert_id)
         where shows.id = any($2::bigint[]) and fan_id = any($3::bigint[])
         order by shows.id, fan_id, epoch desc, seq desc) last) as spent`,
    values: [
      [...new Set(requests.flatMap((request) => request.seatIds))],
      [...new Set(requests.map((request) => request.showId))],
      requests.map((request) => request.fanId),
    ],
  })
  return rows[0] ?? { seats: [], shows: [], counts: [], spent: [] }
}

/**
 * The lapsed reservations of the seats, and for fans who have seats already all that they hold at the show and whoever holds
 * what they ask for. Nobody else has to know whose a live hold is, so most requests of a sale need nothing from here.
 */
async function readHeld(
  db: Reader,
  holders: readonly HoldRequest[],
  seats: readonly SeatState[],
): Promise<HeldReservation[]> {
  const asked = new Set(holders.flatMap((holder) => holder.seatIds))
  const inTheWay = seats.flatMap((seat) =>
    seat.isLapsed || (seat.status === 'held' && asked.has(seat.seatId)) ? (seat.reservationId ?? []) : [],
  )
  if (inTheWay.length === 0 && holders.length === 0) return []
  const { rows } = await db.query<HeldReservation>({
    name: 'read-held-reservations',
    text: `with held as (
             select id from reservations where id = any($1::bigint[])
             union
             select id from reservations
             where fan_id = any($3::bigint[]) and show_id = any($2::bigint[]) and state = 'HELD'
           )
           select id as "reservationId", fan_id as "fanId", show_id as "showId", seat_ids as "seatIds",
                  held_until <= now() as "isLapsed"
           from reservations where id in (select id from held) and state = 'HELD'`,
    values: [inTheWay, holders.map((holder) => holder.showId), holders.map((holder) => holder.fanId)],
  })
  return rows
}

function keyOf({ showId, fanId }: CountKey): string {
  return `${showId}:${fanId}`
}

/**
 * The scene as the locked rows have it. A reservation counts only while each of its seats is locked and still its own: its
 * id on the seat is the fence, so nothing needs to be read again.
 */
export function underLock(
  scene: Scene,
  seats: ReadonlyMap<SeatId, SeatState>,
  counts: readonly SeatCount[],
): Scene {
  const seatCounts = new Map(counts.map((count) => [keyOf(count), count.seatCount]))
  const reservations = new Map<ReservationId, HeldReservation>()
  for (const held of scene.reservations.values()) {
    const rows = held.seatIds.map((seatId) => seats.get(seatId))
    if (!rows.every((seat) => seat?.status === 'held' && seat.reservationId === held.reservationId)) continue
    reservations.set(held.reservationId, { ...held, isLapsed: rows.every((seat) => seat?.isLapsed) })
  }
  return {
    seats,
    reservations,
    terms: (request) => {
      const terms = scene.terms(request)
      if (terms === undefined) return undefined
      return { ...terms, seatCount: seatCounts.get(keyOf(request)) ?? terms.seatCount }
    },
  }
}
