import { type Cancellation, type ConcertId, DomainError, type ShowId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findCancellations } from './cancellation-store.ts'

/** How far the cancellation of a show is. NOT_FOUND show when there is none such or it is not cancelled. */
export async function readCancellation(deps: Deps, { showId }: { showId: ShowId }): Promise<Cancellation> {
  const [found] = await findCancellations(deps.db, { showId })
  if (found === undefined) throw new DomainError('NOT_FOUND', { what: 'show' })
  return found
}

/** Those of a concert's shows that were cancelled, the newest first, and how far each is. */
export async function listCancellations(
  deps: Deps,
  { concertId }: { concertId: ConcertId },
): Promise<Cancellation[]> {
  return await findCancellations(deps.db, { concertId })
}
