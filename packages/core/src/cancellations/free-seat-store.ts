import type { SeatId, ShowId } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'

/** Seats of the show that nobody has, at most `limit`. */
export async function findFree(db: Database, showId: ShowId, limit: number): Promise<SeatId[]> {
  const { rows } = await db.pool.query<{ id: SeatId }>({
    name: 'find-free-of-cancelled',
    text: `select id from seats where show_id = $1 and status = 'available' order by id limit $2`,
    values: [showId, limit],
  })
  return rows.map(({ id }) => id)
}
