import type { ShowId } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'
import type { TouchedSeat } from './mirrored-show.ts'

/** Every seat of a show that was ever touched, and the database's clock just after. */
export async function readTouchedSeats(
  db: Database,
  showId: ShowId,
): Promise<{ seats: TouchedSeat[]; nowMs: number }> {
  const { rows: seats } = await db.pool.query<TouchedSeat>({
    name: 'read-touched-seats',
    text: `select s.ordinal, s.status, s.version, r.fan_id as "fanId",
                  (extract(epoch from s.held_until) * 1000)::float8 as "heldUntilMs"
           from seats s left join reservations r on r.id = s.reservation_id and s.status = 'held'
           where s.show_id = $1 and (s.version > 0 or s.status <> 'available')`,
    values: [showId],
  })
  return { seats, nowMs: await readDatabaseClock(db) }
}

export async function readDatabaseClock(db: Database): Promise<number> {
  const { rows } = await db.pool.query<{ nowMs: number }>({
    name: 'read-database-clock',
    text: 'select (extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs"',
    values: [],
  })
  const [row] = rows
  if (row === undefined) throw new Error('Postgres did not tell the time')
  return row.nowMs
}
