import { type ConcertId, isDomainError, type QueueProgress } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { readProgress } from '../waiting-room/index.ts'

/** The line's numbers; `null` while Redis is away or has lost them, so that seats and money are seen all the same. */
export async function readProgressIfAny(deps: Deps, concertId: ConcertId): Promise<QueueProgress | null> {
  try {
    return await readProgress(deps, concertId)
  } catch (error) {
    if (isDomainError(error, 'UNAVAILABLE') || isDomainError(error, 'LINE_REBUILDING')) return null
    throw error
  }
}
