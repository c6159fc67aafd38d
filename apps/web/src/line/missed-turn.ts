import type { ConcertId, Entry } from '@greenroom/contract'
import { useEffect } from 'react'
import { lineClient } from './line-client.ts'

const keyOf = (concertId: ConcertId): string => `greenroom.turn.${concertId}`

/**
 * When a turn that this device was told of ran out unused, for a fan who is in the line no more; `undefined` otherwise. Kept
 * over reloads, until the next time in line.
 */
export function useMissedTurn(concertId: ConcertId, entry: Entry | undefined): number | undefined {
  const key = keyOf(concertId)
  useEffect(() => {
    if (entry?.state === 'offered') localStorage.setItem(key, `${entry.claimBeforeMs}`)
    else if (entry?.state === 'active' || entry?.state === 'waiting') localStorage.removeItem(key)
  }, [entry, key])
  if (entry?.state !== 'none') return undefined
  const kept = localStorage.getItem(key)
  return kept === null ? undefined : Number(kept)
}

/** Gives the place up; a turn that is given up is not missed. */
export async function leaveLine(concertId: ConcertId): Promise<void> {
  await lineClient.line.leave(concertId)
  localStorage.removeItem(keyOf(concertId))
}
