import type { ConcertId, SaleFigures } from '@greenroom/contract'
import type { Database } from '../platform/database.ts'
import { recentValue } from '../platform/recent-value.ts'
import { findFigures } from './figures-store.ts'

/**
 * A stadium's 90,000 seats take 50 ms to count and as many payments 200 ms to add up: that is done at most a twentieth of the
 * time, however many operators look. A club's take one and are counted each time they are asked for.
 */
const figures = recentValue({
  maxAgeMs: (tookMs) => (tookMs < 20 ? 0 : Math.min(4_000, tookMs * 20)),
  maxEntries: 1_000,
  load: (db: Database, concertId: ConcertId) => findFigures(db, concertId),
})

/** Seats, revenue and fans of a sale, of one moment at most four seconds ago; `asOfMs` says which. */
export async function readSaleFigures(db: Database, concertId: ConcertId): Promise<SaleFigures> {
  return (await figures.read(db, concertId)).value
}
