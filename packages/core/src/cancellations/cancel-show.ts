import { type AccountId, type Cancellation, DomainError, type ShowId } from '@greenroom/contract'
import { recordAudit } from '../accounts/index.ts'
import { inRetriedTransaction, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { enqueueAll, jobs } from '../platform/jobs.ts'
import { endReservations } from '../reservations/index.ts'
import { kickRelay } from '../seating/index.ts'
import { closeLine } from '../waiting-room/index.ts'
import { recordEvents } from '../webhooks/index.ts'
import { findHeld, hasShowLeft, lockShow, markCancelled } from './cancellation-store.ts'
import { readCancellation } from './queries.ts'

/** Holds that end in the transaction itself; what is more than that ends by the job, and can be paid for no more than these. */
const holdsAtOnce = 1_000

type Wish = { showId: ShowId; operatorId: AccountId; reason: string }

/**
 * Cancels a show for good. In one transaction: nothing of it can be held or paid for any more, its holds end, its tickets
 * open no gate, the line closes if no show of the concert is left, endpoints are told, and it is audited. The money goes back
 * afterwards, by `continueCancellation`, which a job begins now and a sweep takes up again for as long as anything is left.
 * Safe to repeat: a show that is cancelled stays so, with its first reason. Refuses with NOT_FOUND show.
 */
export async function cancelShow(deps: Deps, input: Wish): Promise<Cancellation> {
  await inRetriedTransaction(deps.db, (tx) => cancelOnce(deps, tx, input))
  kickRelay(deps)
  await hint(deps, 'a cancelled show waits for the sweep', () => hurryRefunds(deps, input.showId))
  return await readCancellation(deps, input)
}

/** Adds the job that gives the money back, if none is there. */
export async function hurryRefunds(deps: Deps, showId: ShowId): Promise<void> {
  await enqueueAll(deps, jobs.refundCancelledShow, [{ data: { showId }, aloneAs: `refund-show-${showId}` }])
}

async function cancelOnce(deps: Deps, tx: Tx, input: Wish): Promise<void> {
  const { showId, operatorId, reason } = input
  const show = await lockShow(tx, showId)
  if (show === undefined) throw new DomainError('NOT_FOUND', { what: 'show' })
  if (show.isCancelled) return
  const { concertId, startsAtMs, stoppedBy } = show
  const { cancelledAtMs } = await markCancelled(tx, input)
  const ended = await endReservations(tx, await findHeld(tx, showId, holdsAtOnce), 'RELEASED')
  await recordEvents(tx, [{ type: 'show.cancelled', data: { showId, concertId, startsAtMs, cancelledAtMs } }])
  const entry = {
    actorId: operatorId,
    action: 'show.cancel',
    target: `show ${showId}`,
    before: { stoppedBy, cancelledAtMs: null },
    after: { stoppedBy: 'cancelled', cancelledAtMs, reason, endedHolds: ended.length },
  }
  await recordAudit(deps, entry, tx)
  if (!(await hasShowLeft(tx, concertId))) await closeLine(deps, tx, { concertId, operatorId })
}
