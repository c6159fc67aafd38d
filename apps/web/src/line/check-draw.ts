import type { AccountId, Entry } from '@greenroom/contract'
import { type PublishedDraw, verifyDraw } from '@greenroom/contract/plain'

/**
 * What a fan's own browser finds of a draw: whether the seed is the one that was committed to, the number it gives this fan,
 * and whether that is the number they wait by. `unknown`: they wait by none that was drawn.
 */
export type DrawFinding =
  | { isSeed: false }
  | { isSeed: true; number: number; place: 'right' | 'differs' | 'unknown' }

/** Drawn places have epoch 0 and numbers below 2^39; those given in order count up from there. */
const firstInOrder = 2 ** 39

export async function checkDraw(
  draw: PublishedDraw,
  fan: { fanId: AccountId; entry: Entry },
): Promise<DrawFinding> {
  const number = await verifyDraw(draw, fan.fanId)
  if (number === undefined) return { isSeed: false }
  const drawn = readDrawnNumber(fan.entry)
  if (drawn === undefined) return { isSeed: true, number, place: 'unknown' }
  return { isSeed: true, number, place: drawn === number ? 'right' : 'differs' }
}

/** The number in the own receipt or pass, when it was drawn. Anybody can read them; nobody but the server can write one. */
function readDrawnNumber(entry: Entry): number | undefined {
  if (entry.state === 'none') return undefined
  const [, body = ''] = (entry.state === 'waiting' ? entry.receipt : entry.pass).split('.')
  const claims: unknown = JSON.parse(atob(body.replaceAll('-', '+').replaceAll('_', '/')))
  if (!(claims instanceof Object && 'e' in claims && 's' in claims)) return undefined
  return claims.e === 0 && typeof claims.s === 'number' && claims.s < firstInOrder ? claims.s : undefined
}
