import { readPlaceKey } from '@greenroom/client'
import type { Entry } from '@greenroom/contract'
import type { LinePlace } from '@greenroom/oracles'

/** Where an entry stands in its line, by the token that goes with it. */
export function placeOf(entry: Exclude<Entry, { state: 'none' }>): LinePlace {
  return readPlaceKey(entry.state === 'waiting' ? entry.receipt : entry.pass)
}

/** What the answer to a join adds to its event. */
export function describeJoin(entry: Entry): object {
  if (entry.state === 'none') return {}
  const { state } = entry
  const place = placeOf(entry)
  if (entry.state === 'waiting') return { state, place }
  return entry.state === 'offered'
    ? { state, place, offerEndsMs: entry.claimBeforeMs }
    : { state, place, untilMs: entry.expiresAtMs }
}

/** What the answer to a reading of the own place adds to its event. */
export function describeReading(entry: Entry): object {
  const { state } = entry
  if (entry.state === 'none') return { state }
  const place = placeOf(entry)
  if (entry.state === 'waiting')
    return { state, place, ...(entry.ahead === null ? {} : { ahead: entry.ahead }) }
  return { state, place, untilMs: entry.state === 'offered' ? entry.claimBeforeMs : entry.expiresAtMs }
}
