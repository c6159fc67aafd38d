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

/** Whether anybody ever held a seat of a date of the concert. */
export async function hasTouchedShow(tx: Tx, concertId: ConcertId): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from shows where concert_id = $1 and exists (select from fan_seat_counts where show_id = shows.id) limit 1`,
    [concertId],
  )
  return rowCount === 1
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
    hasBegun: boolean
    isCancelled: boolean
    /** Seats of it were held or sold, or its sale was stopped. */
    isTouched: boolean
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
             where seats.show_id = shows.id and seats.status = 'sold'),
          'hasBegun', starts_at <= clock_timestamp(), 'isCancelled', cancelled_at is not null,
          'isTouched', exists (select from fan_seat_counts where show_id = shows.id)
             or exists (select from sale_stops where show_id = shows.id)) order by starts_at), '[]')
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
