import type { Line } from '@greenroom/client'
import type { ConcertId, Entry } from '@greenroom/contract'
import { useEffect } from 'react'
import { serverClock } from '../clock/server-clock.ts'

type TurnStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const prefix = 'greenroom.turn.'
const keyOf = (concertId: ConcertId): string => `${prefix}${concertId}`

/** What two clocks may differ by. */
const slackMs = 1_000

/**
 * When a turn that this device was told of ran out unused, for a fan who is in the line no more; `undefined` otherwise. Kept
 * over reloads, until the next time in line. Each page that tells of a turn asks it: what is taken on one is not missed on another.
 */
export function useMissedTurn(concertId: ConcertId, entry: Entry | undefined): number | undefined {
  useEffect(() => {
    if (entry !== undefined) noteTurn(localStorage, concertId, entry, serverClock.nowMs())
  }, [entry, concertId])
  return entry?.state === 'none' ? readMissedTurn(localStorage, concertId, serverClock.nowMs()) : undefined
}

/** Keeps a turn that is offered, and forgets one that was taken or given up. */
export function noteTurn(store: TurnStore, concertId: ConcertId, entry: Entry, nowMs: number): void {
  if (entry.state === 'offered') store.setItem(keyOf(concertId), `${entry.claimBeforeMs}`)
  else if (entry.state !== 'none' || readMissedTurn(store, concertId, nowMs) === undefined)
    store.removeItem(keyOf(concertId))
}

/** Whoever is out of the line before the turn would have ended has taken it or given it up, here or on another device. */
export function readMissedTurn(store: TurnStore, concertId: ConcertId, nowMs: number): number | undefined {
  const kept = store.getItem(keyOf(concertId))
  return kept === null || Number(kept) > nowMs + slackMs ? undefined : Number(kept)
}

/** Gives the place up; a turn that is given up is not missed. */
export async function leaveLine(
  line: Pick<Line, 'leave'>,
  concertId: ConcertId,
  store: TurnStore = localStorage,
): Promise<void> {
  // before: the pages hear of the place that is gone as soon as it is, and a turn that is still there is kept again
  store.removeItem(keyOf(concertId))
  await line.leave(concertId)
}

/** For a device that is handed on: another fan has missed nothing. */
export function forgetTurns(store: Pick<Storage, 'length' | 'key' | 'removeItem'>): void {
  const keys = Array.from({ length: store.length }, (_, at) => store.key(at))
  for (const key of keys) if (key?.startsWith(prefix) === true) store.removeItem(key)
}
