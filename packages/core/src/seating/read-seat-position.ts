import type { ShowId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { readPosition } from './stream-store.ts'

/** Where a show's stream is now: what happens later comes after it. Rejects when Redis is away. */
export async function readSeatPosition(deps: Deps, showId: ShowId): Promise<number> {
  return await readPosition(deps.redis, showId)
}
