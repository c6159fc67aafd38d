import { type ConcertId, DomainError, type SaleFigures } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'

/** What the operator lets in: how many at a time and in a minute (`null`: any number). Refuses with NOT_FOUND. */
export async function findLineLimits(
  db: Database,
  concertId: ConcertId,
): Promise<{ capacity: number; ratePerMinute: number | null }> {
  const { rows } = await db.pool.query<{ capacity: number; ratePerMinute: number | null }>(
    'select capacity, rate_per_minute as "ratePerMinute" from lines where concert_id = $1',
    [concertId],
  )
  const [line] = rows
  if (line === undefined) throw new DomainError('NOT_FOUND', { what: 'concert' })
  return line
}

type FiguresRow = Omit<SaleFigures, 'seats'> & SaleFigures['seats']

/**
 * Seats, money and fans of one moment. A hold that ran out counts as available, whether or not anybody has swept it yet. Revenue
 * is read through the concert's payments, two looks into the ledger for each reservation that was paid.
 */
export async function findFigures(db: Database, concertId: ConcertId): Promise<SaleFigures> {
  const { rows } = await db.pool.query<FiguresRow>({
    name: 'find-sale-figures',
    text: figuresText,
    values: [concertId],
  })
  const [row] = rows
  if (row === undefined) throw new Error('a select without from gave no row')
  const { available, held, sold, blocked, ...rest } = row
  return { ...rest, seats: { available, held, sold, blocked } }
}

const figuresText = `
with stock as (
  select count(*) filter (where seats.status = 'available' or (seats.status = 'held' and held_until <= now()))::int as available,
         count(*) filter (where seats.status = 'held' and held_until > now())::int as held,
         count(*) filter (where seats.status = 'sold')::int as sold,
         count(*) filter (where seats.status = 'blocked')::int as blocked
  from seats join shows on shows.id = seats.show_id where shows.concert_id = $1
)
select stock.*,
       (select coalesce(sum(case kind when 'payment' then transfers.amount_minor else -transfers.amount_minor end), 0)::bigint
        from payments cross join lateral unnest(payments.reservation_ids) as bought (reservation_id)
        join transfers on kind in ('payment', 'refund') and transfers.reservation_id = bought.reservation_id
        where payments.concert_id = $1) as "revenueMinor",
       (select count(*)::int from entered_places where concert_id = $1) as entered,
       (select count(distinct fan_id)::int from spent_passes where concert_id = $1) as paid,
       floor(extract(epoch from now()) * 1000)::float8 as "asOfMs"
from stock`
