import { DomainError, type ReservationId, type ShowId } from '@greenroom/contract'
import { giveBackMany } from '../payments/index.ts'
import { inRetriedTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { tallied, tallyDone } from '../platform/tally.ts'
import { endReservations } from '../reservations/index.ts'
import { kickRelay } from '../seating/index.ts'
import { blockFreeOf } from './block-free.ts'
import { findHeld, finish } from './cancellation-store.ts'
import { listRefunds, markFailed, markRefunded, takeDue } from './refund-list-store.ts'

/** A transaction of so many refunds locks 80 seats at the usual four each, for some 40 ms. */
const batchSize = 20
/** Then the job ends, so that a worker that is to stop need not wait for an arena: 2,000 refunds, some 5 s. */
const mostBatches = 100
const holdsAtOnce = 250

/**
 * Takes a cancelled show further: ends what is still held, gives money back in batches, takes the seats off sale. Each batch
 * is one transaction with the rows that say it is done, so it may die at any line and be run again, later, twice or by two at
 * once: nothing is given back twice. True when nothing is left to do. What was being paid while the show was cancelled
 * is found by a later call: it is not finished before every transaction of that moment is over.
 */
export async function continueCancellation(
  deps: Deps,
  { showId }: { showId: ShowId },
): Promise<{ isFinished: boolean }> {
  const held = await findHeld(deps.db.pool, showId, holdsAtOnce)
  if (held.length > 0) await endReservations(deps.db.pool, held, 'RELEASED')
  await listRefunds(deps.db, showId)
  for (let batch = 0; batch < mostBatches; batch += 1) {
    if ((await refundBatch(deps, showId)) === 0) break
    kickRelay(deps)
  }
  await blockFreeOf(deps, showId)
  kickRelay(deps)
  return { isFinished: await finish(deps.db, showId) }
}

/** The next batch; when one of them cannot be given back, each by itself, so that it is in the way of no other. */
async function refundBatch(deps: Deps, showId: ShowId): Promise<number> {
  let taken: ReservationId[] = []
  try {
    const refunded = await inRetriedTransaction(deps.db, async (tx) => {
      taken = await takeDue(tx, showId, { limit: batchSize })
      return await refundAll(tx, showId, taken)
    })
    tallyDone(deps, 'refund', refunded)
    return taken.length
  } catch (error) {
    if (taken.length === 0) throw error
    deps.log.warn({ err: error, showId }, 'refunds of a cancelled show are made one by one')
  }
  for (const reservationId of taken) await refundOne(deps, showId, reservationId)
  return taken.length
}

async function refundOne(deps: Deps, showId: ShowId, reservationId: ReservationId): Promise<void> {
  try {
    const refundIt = () =>
      inRetriedTransaction(deps.db, async (tx) =>
        refundAll(tx, showId, await takeDue(tx, showId, { limit: 1, only: reservationId })),
      )
    await tallied(deps, 'refund', refundIt, (refunded) => refunded)
  } catch (error) {
    deps.log.error({ err: error, showId, reservationId }, 'a refund of a cancelled show failed')
    // no connection: this rejects too, and the job is tried again
    await markFailed(deps.db, { showId, reservationId, error: tellError(error) })
  }
}

/** Answers how many were given back by this; some may have been before. */
async function refundAll(
  tx: Parameters<typeof giveBackMany>[0],
  showId: ShowId,
  reservationIds: readonly ReservationId[],
): Promise<number> {
  if (reservationIds.length === 0) return 0
  const found = await giveBackMany(tx, { reservationIds, usedToo: true })
  const odd = found.find(({ stateBefore }) => stateBefore !== 'PAID' && stateBefore !== 'REFUNDED')
  if (odd !== undefined) throw new Error(`reservation ${odd.reservation.reservationId} is ${odd.stateBefore}`)
  await markRefunded(tx, showId, reservationIds)
  return found.filter(({ stateBefore }) => stateBefore === 'PAID').length
}

function tellError(error: unknown): string {
  if (error instanceof DomainError) return `${error.code} ${JSON.stringify(error.details)}`
  return error instanceof Error ? error.message : String(error)
}
