import type {
  ConcertId,
  Currency,
  EditorConcert,
  EditorPlan,
  LocalizedText,
  SeatPlanId,
  ShowId,
} from '@greenroom/contract'
import type { Database, Tx } from '../platform/database.ts'

/** What an operator says of a concert. */
export type ConcertText = {
  title: LocalizedText
  artist: string
  about: LocalizedText
  venue: LocalizedText
  timeZone: string
  accentColor: string
  seatsPerFan: number
  holdTtlMs: number
}

const textColumns = `title, artist, about, venue, time_zone as "timeZone", accent_color as "accentColor",
  seats_per_fan as "seatsPerFan", hold_ttl_ms as "holdTtlMs"`

/** Locked until the transaction ends: two operators take turns. Holds read the row without waiting. */
export async function lockConcert(tx: Tx, concertId: ConcertId): Promise<ConcertText | undefined> {
  const { rows } = await tx.query<ConcertText>(
    `select ${textColumns} from concerts where id = $1 for no key update`,
    [concertId],
  )
  return rows[0]
}

export async function updateConcert(
  tx: Tx,
  concert: ConcertText & { concertId: ConcertId; holdMaxLifeMs: number },
): Promise<void> {
  await tx.query(
    `update concerts set title = $2, artist = $3, about = $4, venue = $5, time_zone = $6, accent_color = $7,
       seats_per_fan = $8, hold_ttl_ms = $9, hold_max_life_ms = $10
     where id = $1`,
    [
      concert.concertId,
      JSON.stringify(concert.title),
      concert.artist,
      JSON.stringify(concert.about),
      JSON.stringify(concert.venue),
      concert.timeZone,
      concert.accentColor,
      concert.seatsPerFan,
      concert.holdTtlMs,
      concert.holdMaxLifeMs,
    ],
  )
}

type PriceKey = { concertId: ConcertId; categoryCode: number }

/** What the category costs; `undefined` when there is none such. */
export async function lockPrice(tx: Tx, { concertId, categoryCode }: PriceKey): Promise<number | undefined> {
  const { rows } = await tx.query<{ priceMinor: number }>(
    `select price_minor as "priceMinor" from prices where concert_id = $1 and category_code = $2 for no key update`,
    [concertId, categoryCode],
  )
  return rows[0]?.priceMinor
}

export async function updatePrice(tx: Tx, price: PriceKey & { priceMinor: number }): Promise<void> {
  await tx.query(
    `update prices set price_minor = $3, changed_at = clock_timestamp() where concert_id = $1 and category_code = $2`,
    [price.concertId, price.categoryCode, price.priceMinor],
  )
}

/**
 * One step: up to `limit` free seats with another price than their category's. A seat that is locked is being held, and is passed
 * over; one that was held since it was read is not changed, for the row is read anew under its lock.
 */
export const repriceSeatsText = `
with due as (
  select seats.id, prices.price_minor
  from prices
  join shows on shows.concert_id = prices.concert_id and shows.starts_at > now()
  join seats on seats.show_id = shows.id and seats.category_code = prices.category_code
  where prices.changed_at > now() - interval '1 day' and seats.status = 'available'
    and seats.price_minor <> prices.price_minor
  limit $1
  for update of seats skip locked
)
update seats set price_minor = due.price_minor
from due where seats.id = due.id and seats.status = 'available'`

export async function repriceSomeSeats(db: Database, limit: number): Promise<number> {
  const { rowCount } = await db.pool.query(repriceSeatsText, [limit])
  return rowCount ?? 0
}

export type EditorRow = ConcertText & {
  currency: Currency
  prices: { categoryCode: number; name: string; color: string; priceMinor: number }[]
  shows: {
    showId: ShowId
    startsAtMs: number
    seatPlanId: SeatPlanId
    seatPlanName: string
    seatCount: number
    soldCount: number
  }[]
}

export async function findEditorConcert(db: Database, concertId: ConcertId): Promise<EditorRow | undefined> {
  const { rows } = await db.pool.query<EditorRow>(
    `select ${textColumns}, currency,
       (select json_agg(json_build_object('categoryCode', category_code, 'name', category_name, 'color', color,
          'priceMinor', price_minor) order by category_code) from prices where concert_id = concerts.id) as prices,
       (select coalesce(json_agg(json_build_object('showId', shows.id,
          'startsAtMs', floor(extract(epoch from starts_at) * 1000), 'seatPlanId', plan.id, 'seatPlanName', plan.name,
          'seatCount', shows.seat_count, 'soldCount', (select count(*) from seats
             where seats.show_id = shows.id and seats.status = 'sold')) order by starts_at), '[]')
        from shows join seat_plans plan on plan.id = shows.seat_plan_id where concert_id = concerts.id) as shows
     from concerts where id = $1`,
    [concertId],
  )
  return rows[0]
}

type ListedConcert = Pick<EditorConcert, 'concertId' | 'title' | 'artist' | 'showCount'>

/** The newest first. */
export async function findEditorConcerts(db: Database, limit: number): Promise<ListedConcert[]> {
  const { rows } = await db.pool.query<ListedConcert>(
    `select id as "concertId", title, artist,
       (select count(*)::int from shows where concert_id = concerts.id) as "showCount"
     from concerts order by id desc limit $1`,
    [limit],
  )
  return rows
}

/** The newest first. */
export async function findEditorPlans(db: Database, limit: number): Promise<EditorPlan[]> {
  const { rows } = await db.pool.query<EditorPlan>(
    `select id as "seatPlanId", name, seat_count as "seatCount", '/geometry/' || geometry_hash || '.bin' as "geometryUrl",
       (select json_agg(json_build_object('code', code, 'name', category ->> 'name', 'color', category ->> 'color')
          order by code)
        from (select position - 1 as code, category
              from jsonb_array_elements(categories) with ordinality as listed (category, position)) numbered
        where exists (select from seat_plan_seats
                      where seat_plan_id = seat_plans.id and category_code = numbered.code)) as categories
     from seat_plans order by id desc limit $1`,
    [limit],
  )
  return rows
}
