import type { SeatId, ShowId } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import { recordSeatChanges } from '../seating/index.ts'
import { blockFreeSeats } from './block-store.ts'

/**
 * Takes free seats off sale for good, and tells the map; answers how many that were. What is held, sold or blocked stays as it
 * is, so a repeat changes nothing.
 */
export async function blockSeats(
  tx: Tx,
  { showId, seatIds }: { showId: ShowId; seatIds: readonly SeatId[] },
): Promise<number> {
  const blocked = await blockFreeSeats(tx, seatIds)
  if (blocked.length === 0) return 0
  const changes = blocked.map(({ seatId, version }): [SeatId, 'blocked', number] => [
    seatId,
    'blocked',
    version,
  ])
  // nobody's reservation changed: the state stands for the seats having been let go of
  const nobody = { fanId: null, reservationId: null, heldUntilMs: null }
  await recordSeatChanges(tx, { ...nobody, showId, state: 'RELEASED', changes })
  return blocked.length
}
