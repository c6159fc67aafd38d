import type { AccountId, ConcertId } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { endPass, endPasses } from './admission-store.ts'
import { findSpentPlace, insertSpentPass } from './line-store.ts'

type Fan = { concertId: ConcertId; fanId: AccountId }

/**
 * Spends, in the payment's own transaction, the place with which the fan last went in: its receipt and pass open
 * nothing again, whatever Redis knows. Nothing to spend is no failure; safe to repeat.
 */
export async function markPassSpent(tx: Tx, fan: Fan): Promise<void> {
  await insertSpentPass(tx, fan)
}

/**
 * Gives the slot of a fan who paid to the next one, after the commit. A hint that never rejects: what it misses, the
 * next tick finds in Postgres.
 */
export async function freeSlot(deps: Deps, fan: Fan): Promise<void> {
  await hint(deps, 'a slot was not freed', () => endPass(deps, fan.concertId, fan.fanId))
}

/**
 * The same for a payment that was made before: whoever made it may have died between its commit and `freeSlot`. Ends what
 * Postgres says was spent, and no later place of the fan's.
 */
export async function freeSpentSlot(deps: Deps, fan: Fan): Promise<void> {
  await hint(deps, 'a spent slot was not freed', async () => {
    const place = await findSpentPlace(deps.db, fan)
    if (place !== undefined) await endPasses(deps, fan.concertId, [{ fanId: fan.fanId, place }])
  })
}
