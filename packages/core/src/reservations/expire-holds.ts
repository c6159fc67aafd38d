import type { ReservationId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { kickRelay } from '../seating/index.ts'
import { type Batcher, createBatcher } from '../platform/batch-requests.ts'
import { endReservations, findDueHolds } from './end-store.ts'

/** Holds a statement; the rest of a larger crowd waits for the next. */
const batchSize = 500

/** Jobs folded into one statement; one carries the holds of a batch, some 30 of them as a rule and at most 100. */
const maxJobs = 20
const maxRunning = 2
const maxWaiting = 10_000

/** `expireReservations` for one hold; says whether its seats were given back by this call. */
export async function expireReservation(deps: Deps, reservationId: ReservationId): Promise<boolean> {
  return (await expireReservations(deps, [reservationId])) === 1
}

/**
 * Gives the seats of those holds back whose time is over; returns how many holds that was. Too early, too late, twice,
 * paid meanwhile: nothing happens. Never waits for a payment or a take-over that is under way. What is asked for while
 * others are being served goes together into the next statement; more than 10,000 waiting is refused with OVERLOADED.
 */
export async function expireReservations(
  deps: Deps,
  reservationIds: readonly ReservationId[],
): Promise<number> {
  return await batcherOf(deps).submit(reservationIds)
}

const batchers = new WeakMap<Deps, Batcher<readonly ReservationId[], number>>()

function batcherOf(deps: Deps): Batcher<readonly ReservationId[], number> {
  const known = batchers.get(deps)
  if (known !== undefined) return known
  const batcher = createBatcher<readonly ReservationId[], number>({
    maxBatch: maxJobs,
    maxRunning,
    maxWaiting,
    keyOf: (ids) => ids.join(),
    run: async (asked) => {
      const ended = await expireNow(deps, asked.flat())
      return asked.map((ids) => ({ kind: 'done', value: ids.filter((id) => ended.delete(id)).length }))
    },
  })
  batchers.set(deps, batcher)
  return batcher
}

/** One statement; answers which holds it ended. */
async function expireNow(deps: Deps, ids: readonly ReservationId[]): Promise<Set<ReservationId>> {
  const ended = await endReservations(deps.db.pool, ids, 'EXPIRED')
  if (ended.length > 0) kickRelay(deps)
  return new Set(ended.map(({ reservationId }) => reservationId))
}

/**
 * Gives back the seats of every hold whose time is over and returns how many holds that was: the sweep that catches what
 * no job did. Any number may run at once; one that finds only what others work on stops.
 */
export async function expireDueHolds(deps: Deps): Promise<number> {
  let total = 0
  for (;;) {
    const due = await findDueHolds(deps.db, batchSize)
    const ended = due.length === 0 ? 0 : (await expireNow(deps, due)).size
    total += ended
    if (due.length < batchSize || ended === 0) return total
  }
}
