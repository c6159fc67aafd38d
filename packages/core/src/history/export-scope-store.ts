import type { ConcertId, ShowId } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'

export async function hasConcert(db: Database, concertId: ConcertId): Promise<boolean> {
  const { rowCount } = await db.pool.query('select from concerts where id = $1', [concertId])
  return rowCount === 1
}

/** `undefined` when there is no such show. */
export async function findConcertOfShow(db: Database, showId: ShowId): Promise<ConcertId | undefined> {
  const { rows } = await db.pool.query<{ concertId: ConcertId }>(
    'select concert_id as "concertId" from shows where id = $1',
    [showId],
  )
  return rows[0]?.concertId
}
