import type { ConcertId, SaleOverview } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { readProgress } from '../waiting-room/index.ts'
import { readRate } from './figures-store.ts'
import { readSaleFigures } from './sale-figures.ts'

/** One concert's sale at this moment: its line, its seats, its revenue. Refuses with NOT_FOUND for an unknown concert. */
export async function readSaleOverview(deps: Deps, concertId: ConcertId): Promise<SaleOverview> {
  const [progress, ratePerMinute, { seats, revenueMinor }] = await Promise.all([
    readProgress(deps, concertId),
    readRate(deps.db, concertId),
    readSaleFigures(deps.db, concertId),
  ])
  return { progress, ratePerMinute, seats, revenueMinor }
}
