import {
  type AccountId,
  type HoldInput,
  type Reservation,
  reservation as holdReply,
} from '@greenroom/contract'
import { readShow } from '../catalogue/index.ts'
import type { Deps } from '../platform/deps.ts'
import { tallied } from '../platform/tally.ts'
import type { SeatMirror } from '../seating/index.ts'
import { pinPass, requirePassToHold } from '../waiting-room/index.ts'
import { type Attempt, readReply } from '../wallet/index.ts'
import { announceHolds } from './announce-holds.ts'
import { type Batcher, createBatcher } from '../platform/batch-requests.ts'
import type { HoldRequest } from './hold-decision.ts'
import { holdWithKey } from './hold-with-key.ts'
import { placeHolds } from './place-holds.ts'

/** 20 to 64 requests a statement are where folding pays most; beyond that the wait for a commit only grows. */
const maxBatch = 64
/** Two: one batch is decided in Postgres while the next one is put together. */
const maxRunning = 2
/** Two batches of 32 cost half as much again as one of 64: see docs/speed.md. */
const worthAnother = 40
/** A second's worth of holds; whoever comes then is better off asking again. */
const maxWaiting = 5_000

type HoldCommand = HoldInput & { fanId: AccountId; mirror?: SeatMirror }

/**
 * Holds all of these seats for the fan, or none. Needs a live pass for the show's concert. Seats of lapsed holds are taken
 * over; the fan's own live holds never stand in the way: those that overlap are released for the new one, in the same
 * transaction. Safe to repeat: asking for exactly the seats of an own live hold answers with that hold, unchanged.
 * With an `idempotencyKey` the same wish again gets the first reply, whatever became of that hold or of the pass; after a
 * refusal the key may be used again.
 * Refuses with PASS_REFUSED (`spent`: by Postgres, whatever Redis knows) and whatever else `requirePassToHold` says, SALE_CLOSED, SALE_STOPPED, NOT_FOUND (show, seat), SEATS_TAKEN (which,
 * and what they are now), SEAT_LIMIT_REACHED, OVERLOADED, IDEMPOTENCY_KEY_REUSED. `mirror`: refuses
 * certain losers without asking Postgres. The pass comes first: who has none that is good hears nothing of a seat.
 */
export async function holdSeats(deps: Deps, input: HoldCommand): Promise<Reservation> {
  return await tallied(deps, 'hold', () => holdOnce(deps, input))
}

async function holdOnce(deps: Deps, input: HoldCommand): Promise<Reservation> {
  const { fanId, showId, seatIds } = input
  const attempt = attemptOf(input)
  const repeated = attempt === undefined ? undefined : await readReply(deps.db.pool, attempt)
  if (repeated !== undefined) return repeated
  const { concertId } = await readShow(deps, showId)
  const pass = await requirePassToHold(deps, { concertId, fanId, pass: input.pass })
  const refusal = input.mirror?.refuse(showId, fanId, seatIds)
  if (refusal !== undefined) throw refusal
  const request = { fanId, showId, seatIds, place: pass }
  const reservation = await (attempt === undefined
    ? holdWithoutPass(deps, request)
    : holdWithKey(deps, request, attempt))
  await pinPass(deps, pass, reservation.heldUntilMs)
  return reservation
}

function attemptOf(input: HoldInput & { fanId: AccountId }): Attempt<Reservation> | undefined {
  const { fanId, showId, idempotencyKey: key } = input
  const seatIds = input.seatIds.toSorted((one, other) => one - other)
  return key === undefined
    ? undefined
    : { fanId, key, command: 'hold', body: { showId, seatIds }, reply: holdReply }
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
    worthAnother,
    maxWaiting,
    keyOf: ({ fanId, showId }) => `${fanId}:${showId}`,
    run: async (requests) => {
      const outcomes = await placeHolds(deps, requests)
      announceHolds(
        deps,
        outcomes.flatMap((outcome) => (outcome.kind === 'done' ? [outcome.value] : [])),
      )
      return outcomes.map((outcome) =>
        outcome.kind === 'done' ? { kind: 'done', value: outcome.value.reservation } : outcome,
      )
    },
  })
  batchers.set(deps, batcher)
  return batcher
}
