import type { ConcertId, LiveSale } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { conversionOf } from '@greenroom/contract'
import { findLineLimits } from './figures-store.ts'
import { readSteering } from '../waiting-room/index.ts'
import { readLoadIfAny } from './read-load-if-any.ts'
import { readProgressIfAny } from './read-progress-if-any.ts'
import { readSaleFigures } from './sale-figures.ts'
import { findMeanInsideMs } from './sample-store.ts'

/**
 * One concert's sale as its operators watch it: each part says how old it is, and what Redis alone knows is null while Redis is
 * away. Refuses with NOT_FOUND for an unknown concert.
 */
export async function readLiveSale(deps: Deps, concertId: ConcertId): Promise<LiveSale> {
  // an unknown concert is refused here, before anything is counted for it
  const limits = await findLineLimits(deps.db, concertId)
  const [progress, steering, figures, meanInsideMs, load] = await Promise.all([
    readProgressIfAny(deps, concertId),
    readSteering(deps, concertId),
    readSaleFigures(deps.db, concertId),
    findMeanInsideMs(deps.db, concertId),
    readLoadIfAny(deps),
  ])
  const conversion = conversionOf({ ...figures, active: progress?.active })
  return { progress, steering, ...limits, figures, conversion, meanInsideMs, load }
}
