import type { Entry } from '@greenroom/contract'
import type { HistoryEvent } from '@greenroom/oracles'
import { placeOf } from './describe-entry.ts'

/**
 * Adds to a join when its turn came. The claim window is the same for everybody in a line, so the end of an offer tells when
 * it was made. An offer for another place, pushed before a join was answered or after it, says nothing of this one.
 */
export function noteOffer(joined: HistoryEvent, entry: Entry): void {
  if (joined.op !== 'join' || joined.state !== 'waiting' || entry.state !== 'offered') return
  const { epoch, seq } = placeOf(entry)
  if (joined.place?.epoch !== epoch || joined.place.seq !== seq) return
  joined.offerEndsMs ??= entry.claimBeforeMs
}
