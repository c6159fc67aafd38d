import type { ConcertId, LineSettings } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import { insertLine } from './line-store.ts'
import { drawSeed } from './place.ts'

/**
 * Gives a concert its line, inside the transaction that makes the concert. A lottery's seed is drawn here and kept secret
 * until the sale opens; its sha256 is public at once.
 */
export async function openLine(tx: Tx, concertId: ConcertId, settings: LineSettings): Promise<void> {
  await insertLine(tx, concertId, settings, settings.mode === 'lottery' ? drawSeed() : null)
}
