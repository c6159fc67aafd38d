import type { AccountId, HoldInput, Reservation } from '@greenroom/contract'
import { readShow } from '../catalogue/index.ts'
import type { Deps } from '../platform/deps.ts'
import { enqueueAll, jobs } from '../platform/jobs.ts'
import { kickRelay, type SeatMirror } from '../seating/index.ts'
import { pinPass, requirePassToHold } from '../waiting-room/index.ts'
import { type Batcher, createBatcher } from './batch-requests.ts'
import type { HoldRequest } from './hold-decision.ts'
import { type Outcome, placeHolds } from './place-holds.ts'

/** 20 to 50 requests a statement are where folding pays most; beyond that the wait for a commit only grows. */
const maxBatch = 50
/** Two: one batch is decided in Postgres while the next one is put together. */
const maxRunning = 2
/** A second's worth of holds; whoever comes then is better off asking again. */
const maxWaiting = 5_000
/** The job should find the hold over, not just about to be. */
const expiryDelayMs = 50

/**
 * Holds all of these seats for the fan, or none. Needs a live pass for the show's concert. Seats of lapsed holds are taken
 * over; the fan's own live holds never stand in the way: those that overlap are released for the new one, in the same
 * transaction. Safe to repeat: asking for exactly the seats of an own live hold answers with that hold, unchanged.
 * Refuses with PASS_REFUSED and whatever else `requirePassToHold` says, SALE_CLOSED, NOT_FOUND (show, seat), SEATS_TAKEN (which,
 * and what they are now), SEAT_LIMIT_REACHED, OVERLOADED. `mirror`: refuses certain losers without asking Postgres.
 */
export async function holdSeats(
  deps: Deps,
  input: HoldInput & { fanId: AccountId; mirror?: SeatMirror },
): Promise<Reservation> {
  const { fanId, showId, seatIds } = input
  const { concertId } = await readShow(deps, showId)
  const pass = await requirePassToHold(deps, { concertId, fanId, pass: input.pass })
  const refusal = input.mirror?.refuse(showId, fanId, seatIds)
  if (refusal !== undefined) throw refusal
  const reservation = await holdWithoutPass(deps, { fanId, showId, seatIds })
  await pinPass(deps, pass, reservation.heldUntilMs)
  return reservation
}

/** `holdSeats` for a caller who has seen to the pass. */
export async function holdWithoutPass(deps: Deps, request: HoldRequest): Promise<Reservation> {
  return await batcherOf(deps).submit(request)
}

const batchers = new WeakMap<Deps, Batcher<HoldRequest, Reservation>>()

function batcherOf(deps: Deps): Batcher<HoldRequest, Reservation> {
  const known = batchers.get(deps)
  if (known !== undefined) return known
  const batcher = createBatcher<HoldRequest, Reservation>({
    maxBatch,
    maxRunning,
    maxWaiting,
    keyOf: ({ fanId, showId }) => `${fanId}:${showId}`,
    run: async (requests) => {
      const outcomes = await placeHolds(deps, requests)
      followUp(deps, outcomes)
      return outcomes.map((outcome) =>
        outcome.kind === 'done' ? { kind: 'done', value: outcome.value.reservation } : outcome,
      )
    },
  })
  batchers.set(deps, batcher)
  return batcher
}

/** What may be lost without harm: the sweep publishes and expires whatever is not announced here. */
function followUp(deps: Deps, outcomes: readonly Outcome[]): void {
  const placed = outcomes.flatMap((outcome) =>
    outcome.kind === 'done' && outcome.value.isNew ? [outcome.value.reservation] : [],
  )
  const asOfMs = placed[0]?.asOfMs
  if (asOfMs === undefined) return
  kickRelay(deps)
  // holds of one batch end together, unless the hard maximum cuts one short
  const ending = Map.groupBy(placed, ({ heldUntilMs }) => heldUntilMs)
  enqueueAll(
    deps,
    jobs.expireHolds,
    [...ending].map(([heldUntilMs, holds]) => ({
      data: { reservationIds: holds.map(({ reservationId }) => reservationId) },
      delayMs: Math.max(0, heldUntilMs - asOfMs) + expiryDelayMs,
    })),
  ).catch((error: unknown) => deps.log.warn({ err: error }, 'holds end by the sweep alone'))
}
