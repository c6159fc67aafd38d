import { setTimeout as sleep } from 'node:timers/promises'
import type { ReservationId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { tallyExpired } from '../platform/tally.ts'
import { kickRelay } from '../seating/index.ts'
import { type Batcher, createBatcher } from '../platform/batch-requests.ts'
import { endReservations, findDueHolds } from './end-store.ts'

/** Holds a statement; the rest of a larger crowd waits for the next. */
const batchSize = 250

/** Jobs folded together; one carries the holds of a batch, some 30 of them as a rule and at most 100. */
const maxJobs = 20

/** Jobs and sweep take turns: ending holds is never urgent, and two statements at once take both cores from who is. */
const maxRunning = 1
const maxWaiting = 10_000

/**
 * After so many holds it rests as long as they took: Postgres is somebody else's half of the time. Of 10,000 that end at once, the
 * last is free after 1.3 s instead of 0.8 s, and others' p99 meanwhile is 29 ms instead of 76.
 */
const worthResting = 50
const maxRestMs = 20

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
      const ended = await expireInTurn(deps, [...new Set(asked.flat())])
      return asked.map((ids) => ({ kind: 'done', value: ids.filter((id) => ended.delete(id)).length }))
    },
  })
  batchers.set(deps, batcher)
  return batcher
}

/** One statement after the other, with rests between; answers which holds they ended. */
async function expireInTurn(deps: Deps, ids: readonly ReservationId[]): Promise<Set<ReservationId>> {
  const ended = new Set<ReservationId>()
  for (let first = 0; first < ids.length; first += batchSize) {
    const beganMs = performance.now()
    const rows = await endReservations(deps.db.pool, ids.slice(first, first + batchSize), 'EXPIRED')
    for (const { reservationId } of rows) ended.add(reservationId)
    if (rows.length === 0) continue
    tallyExpired(deps, rows.length)
    kickRelay(deps)
    if (rows.length > worthResting) await sleep(Math.min(performance.now() - beganMs, maxRestMs))
  }
  return ended
}

/**
 * Gives back the seats of every hold whose time is over and returns how many holds that was: the sweep that catches what
 * no job did. Any number may run at once; one that finds only what others work on stops.
 */
export async function expireDueHolds(deps: Deps): Promise<number> {
  let total = 0
  for (;;) {
    const due = await findDueHolds(deps.db, batchSize)
    const ended = due.length === 0 ? 0 : await expireReservations(deps, due)
    total += ended
    if (due.length < batchSize || ended === 0) return total
  }
}
