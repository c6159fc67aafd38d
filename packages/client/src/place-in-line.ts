import type { Entry, QueueProgress } from '@greenroom/contract'

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
 * Whether two receipts are for one place, by what they say in the clear, as anybody may read (RFC 7515): after a loss of the
 * server's memory one place may have another text.
 */
export function isSamePlace(receipt: string, other: string): boolean {
  return receipt === other || placeIn(receipt) === placeIn(other)
}

function placeIn(receipt: string): string {
  const [, body] = receipt.split('.')
  if (body === undefined) return receipt
  const place: unknown = JSON.parse(atob(body.replaceAll('-', '+').replaceAll('_', '/')))
  return `${Reflect.get(Object(place), 'e')}/${Reflect.get(Object(place), 's')}`
}
