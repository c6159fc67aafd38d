import { type ConcertId, DomainError, type SaleOverview } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'

/** Admissions per minute as the operator set it; `null` when nothing limits them. */
export async function readRate(db: Database, concertId: ConcertId): Promise<number | null> {
  const { rows } = await db.pool.query<{ rate: number | null }>(
    'select rate_per_minute as rate from lines where concert_id = $1',
    [concertId],
  )
  const [line] = rows
  if (line === undefined) throw new DomainError('NOT_FOUND', { what: 'concert' })
  return line.rate
}

/** A hold that ran out counts as available, whether or not anybody has swept it yet. */
export async function countSeats(db: Database, concertId: ConcertId): Promise<SaleOverview['seats']> {
  const { rows } = await db.pool.query<SaleOverview['seats']>(
    `select count(*) filter (where seats.status = 'available' or (seats.status = 'held' and held_until <= now()))::int as available,
            count(*) filter (where seats.status = 'held' and held_until > now())::int as held,
            count(*) filter (where seats.status = 'sold')::int as sold,
            count(*) filter (where seats.status = 'blocked')::int as blocked
     from seats join shows on shows.id = seats.show_id where shows.concert_id = $1`,
    [concertId],
  )
  return rows[0] ?? { available: 0, held: 0, sold: 0, blocked: 0 }
}

export async function sumRevenue(db: Database, concertId: ConcertId): Promise<number> {
  const { rows } = await db.pool.query<{ revenue: number }>(
    `select coalesce(sum(case kind when 'payment' then transfers.amount_minor else -transfers.amount_minor end), 0)::bigint as revenue
     from transfers join reservations on reservations.id = transfers.reservation_id
     where reservations.concert_id = $1`,
    [concertId],
  )
  return rows[0]?.revenue ?? 0
}
