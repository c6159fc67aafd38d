import type { BypassCodeListing, ConcertId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findCodes } from './bypass-store.ts'

/** A concert's newest 200 codes, without their texts: those that live first. Empty for an unknown concert. */
export async function listBypassCodes(deps: Deps, concertId: ConcertId): Promise<BypassCodeListing[]> {
  return await findCodes(deps.db, concertId)
}
