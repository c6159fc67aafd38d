import type { Entry, QueueProgress } from '@greenroom/contract'
import { readPlaceKey } from './place-key.ts'

/**
 * Fans ahead now, from the rank at the last exact reading and the line's shared counter since. `null`: not waiting, or
 * a lobby, where the draw decides at opening.
 */
export function fansAhead(entry: Entry, progress: QueueProgress | undefined): number | null {
  if (entry.state !== 'waiting' || entry.ahead === null) return null
  const admittedSince = Math.max(0, (progress?.admittedTotal ?? 0) - entry.admittedTotalAtRead)
  return Math.max(0, entry.ahead - admittedSince)
}

/**
 * What to show: it never rises while the fan waits. A place given back to somebody after the server lost its memory
 * may lie ahead of ours; that moves nobody's number up, it only holds it a little longer.
 */
export function nextPlace(shown: number | null, ahead: number | null): number | null {
  if (shown === null || ahead === null) return ahead
  return Math.min(shown, ahead)
}

/**
 * Whether the fan goes on waiting at the place they had, by what the receipts say: after a loss of the server's memory one
 * place may have another text.
 */
export function isSameWait(before: Entry | undefined, next: Entry): boolean {
  if (before?.state !== 'waiting' || next.state !== 'waiting') return false
  if (before.receipt === next.receipt) return true
  const [one, other] = [readPlaceKey(before.receipt), readPlaceKey(next.receipt)]
  return one.epoch === other.epoch && one.seq === other.seq
}
