import type { SeatChange, SeatFrame, SeatId, ShowId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import type { SeatEntry } from './seat-event.ts'
import { readEntriesAfter, readPosition } from './stream-store.ts'

/** Entries one answer may cover; a client further behind asks again from where this one ends. */
const maxEntries = 2_000

/**
 * What happened to a show's seats after that position; `null` when that is no longer kept or was never given out by this
 * Redis: the client takes a new snapshot. Rejects when Redis is away.
 */
export async function readChangesSince(deps: Deps, showId: ShowId, after: number): Promise<SeatFrame | null> {
  const position = await readPosition(deps.redis, showId)
  if (after === position) return { showId, from: after, to: after, changes: [] }
  const entries = await readEntriesAfter(deps.redis, showId, after, maxEntries)
  return mergeEntries(showId, unbroken(entries, after))
}

/**
 * The entries that follow on one another from that position. A Redis that forgot its newest entries goes on with a jump:
 * who is told what lies behind it must not believe that nothing was lost in between.
 */
function unbroken(entries: readonly SeatEntry[], after: number): SeatEntry[] {
  const jump = entries.findIndex((entry, at) => entry.seq !== after + 1 + at)
  return jump < 0 ? [...entries] : entries.slice(0, jump)
}

/** One frame out of consecutive entries: for each seat the newest version alone. */
export function mergeEntries(showId: ShowId, entries: readonly SeatEntry[]): SeatFrame | null {
  const first = entries[0]
  const last = entries.at(-1)
  if (first === undefined || last === undefined) return null
  const newest = new Map<SeatId, SeatChange>()
  for (const { event } of entries) {
    for (const change of event.changes) {
      const [seatId, , version] = change
      if (version > (newest.get(seatId)?.[2] ?? -1)) newest.set(seatId, change)
    }
  }
  return { showId, from: first.seq - 1, to: last.seq, changes: [...newest.values()] }
}
