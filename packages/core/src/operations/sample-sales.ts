import type { ConcertId, ServerLoad } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { listLines } from '../waiting-room/index.ts'
import { readLoadIfAny } from './read-load-if-any.ts'
import { readProgressIfAny } from './read-progress-if-any.ts'
import { readSaleFigures } from './sale-figures.ts'
import { findUnsampled, insertSample } from './sample-store.ts'

/**
 * Writes how each live sale stands, once in each slot of five seconds of Postgres' clock, however many workers come how often,
 * and returns how many it wrote. Killed anywhere, what is missing of a slot stays missing: a gap is shown as one. When one
 * sale fails the others are written all the same; then it rejects with an AggregateError.
 */
export async function sampleSales(deps: Deps): Promise<number> {
  const concertIds = await findUnsampled(deps.db, await listLines(deps))
  if (concertIds.length === 0) return 0
  const load = await readLoadIfAny(deps)
  const failures: unknown[] = []
  let written = 0
  for (const concertId of concertIds) {
    try {
      if (await sampleSale(deps, concertId, load)) written += 1
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'not every sale could be sampled')
  return written
}

async function sampleSale(deps: Deps, concertId: ConcertId, load: ServerLoad | null): Promise<boolean> {
  const [progress, figures] = await Promise.all([
    readProgressIfAny(deps, concertId),
    readSaleFigures(deps.db, concertId),
  ])
  return await insertSample(deps.db, { concertId, progress, figures, load })
}
