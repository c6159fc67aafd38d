import type { Reservation, ReservationId } from '@greenroom/contract'
import { type Database, inRetriedTransaction, sqlState, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import type { Settled } from '../platform/batch-requests.ts'
import { endReservations } from './end-store.ts'
import { insertFreeHolds } from './free-hold-store.ts'
import {
  decideHold,
  type HoldDecision,
  type HoldGrant,
  type HoldRequest,
  type Scene,
  seatsOf,
} from './hold-decision.ts'
import { insertHolds, type PlacedRow } from './hold-store.ts'
import { beginSeatCounts, lockSeatCounts, lockSeats } from './lock-store.ts'
import { findReservations } from './reservation-store.ts'
import { readScene, underLock } from './scene-store.ts'

export type Placed = { reservation: Reservation; isNew: boolean }
export type Outcome = Settled<Placed>

/**
 * Decides about many requests, no two of one fan for one show: one outcome each, in their order; where two want the same seat the
 * earlier one wins. Those of free seats are one transaction and those that end other holds another. One that makes its
 * transaction fail fails alone, because then each of it is tried by itself.
 */
export async function placeHolds(deps: Deps, requests: HoldRequest[]): Promise<Outcome[]> {
  try {
    return await placeTogether(deps, requests)
  } catch (error) {
    return await placeApart(deps, requests, error)
  }
}

/** What failed the transaction fails alone: each of its requests is tried by itself. */
async function placeApart(deps: Deps, requests: HoldRequest[], error: unknown): Promise<Outcome[]> {
  if (requests.length === 1 || sqlState(error) === undefined) {
    return requests.map(() => ({ kind: 'failed', error }))
  }
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push(...(await placeHolds(deps, [request])))
  return outcomes
}

/**
 * Decides about one request inside the caller's transaction. Refuses by throwing; `undefined`: what was read has changed
 * meanwhile, so the caller rolls back and begins anew, because locks are taken in order only once.
 */
export async function placeAlone(tx: Tx, request: HoldRequest): Promise<Placed | undefined> {
  const scene = await readScene(tx, [request])
  const decision = decideHold(request, scene)
  if (decision.kind === 'refuse') throw decision.error
  if (decision.kind === 'again') return undefined
  const [outcome] =
    decision.kind === 'repeat'
      ? (await readRepeated(tx, [decision])).values()
      : await placeUnderLock(tx, [decision], scene)
  return outcome?.kind === 'done' ? outcome.value : undefined
}

async function placeTogether(deps: Deps, requests: HoldRequest[]): Promise<Outcome[]> {
  const scene = await readScene(deps.db.pool, requests)
  const decisions = decideInTurn(requests, scene)
  const grants = decisions.filter((decision) => decision.kind === 'grant')
  const { free = [], replacing = [] } = Object.groupBy(grants, (grant) =>
    endsNothing(grant) ? 'free' : 'replacing',
  )
  // the first transaction may be committed when the second one fails, so nothing after it may fail the whole batch
  const repeated = await readRepeated(deps.db.pool, decisions)
  const placed = new Map([
    ...(await placeFree(deps, free, scene)),
    ...(await placeReplacing(deps, replacing, scene)),
  ])
  return decisions.map((decision) => {
    if (decision.kind === 'grant') return placed.get(decision) ?? { kind: 'again' }
    if (decision.kind === 'repeat') return repeated.get(decision.reservationId) ?? { kind: 'again' }
    return decision.kind === 'refuse' ? { kind: 'failed', error: decision.error } : decision
  })
}

/** A request that needs what an earlier one of the batch is about to change waits until that is decided. */
function decideInTurn(requests: readonly HoldRequest[], scene: Scene): HoldDecision[] {
  const claimed = new Set<number>()
  return requests.map((request) => {
    const decision = decideHold(request, scene)
    if (decision.kind !== 'grant') return decision
    const needed = seatsOf(decision)
    if (needed.some((seatId) => claimed.has(seatId))) return { kind: 'again' }
    for (const seatId of needed) claimed.add(seatId)
    return decision
  })
}

const endsNothing = ({ expires, replaces }: HoldGrant): boolean =>
  expires.length === 0 && replaces.length === 0

/** Most holds of a sale: nobody has the seats, so one statement does it all; if somebody came first, under lock. */
async function placeFree(deps: Deps, grants: HoldGrant[], scene: Scene): Promise<Map<HoldDecision, Outcome>> {
  if (grants.length === 0) return new Map()
  const rows = await insertFreeHolds(deps.db, grants)
  if (rows === undefined) return await placeGrants(deps, grants, scene)
  return new Map(grants.map((grant) => [grant, placedOutcome(grant, requireRow(rows, grant))]))
}

/** Holds that end others. Who holds free seats in the same batch has them by now, whatever becomes of these. */
async function placeReplacing(
  deps: Deps,
  grants: HoldGrant[],
  scene: Scene,
): Promise<Map<HoldDecision, Outcome>> {
  try {
    return await placeGrants(deps, grants, scene)
  } catch (error) {
    const requests = grants.map(({ request }) => request)
    return outcomesOf(grants, await placeApart(deps, requests, error))
  }
}

async function placeGrants(
  deps: Deps,
  grants: HoldGrant[],
  scene: Scene,
): Promise<Map<HoldDecision, Outcome>> {
  if (grants.length === 0) return new Map()
  return outcomesOf(grants, await inRetriedTransaction(deps.db, (tx) => placeUnderLock(tx, grants, scene)))
}

function outcomesOf(grants: readonly HoldGrant[], outcomes: readonly Outcome[]): Map<HoldDecision, Outcome> {
  return new Map(grants.flatMap((grant, at) => (outcomes[at] === undefined ? [] : [[grant, outcomes[at]]])))
}

/**
 * Locks in the order everybody locks (counts, then seats by id), decides once more on what is now certain, and writes. What
 * can no longer be granted is decided anew on a fresh read, because somebody changed it since the first one.
 */
async function placeUnderLock(tx: Tx, grants: readonly HoldGrant[], scene: Scene): Promise<Outcome[]> {
  const lockCounts = grants.every((grant) => grant.isCounted) ? lockSeatCounts : beginSeatCounts
  const counts = await lockCounts(
    tx,
    grants.flatMap((grant) => [grant.request, ...grant.expires]),
  )
  const seats = await lockSeats(tx, grants.flatMap(seatsOf))
  const certain = underLock(scene, seats, counts)
  const decisions = grants.map((grant) => decideHold(grant.request, certain))
  const confirmed = decisions.filter((decision) => decision.kind === 'grant')
  await endAll(
    tx,
    confirmed.flatMap((grant) => grant.expires.map((held) => held.reservationId)),
    'EXPIRED',
  )
  await endAll(
    tx,
    confirmed.flatMap((grant) => grant.replaces.map((held) => held.reservationId)),
    'RELEASED',
  )
  const rows = confirmed.length === 0 ? [] : await insertHolds(tx, confirmed)
  return decisions.map((decision) => {
    if (decision.kind !== 'grant') return { kind: 'again' }
    return placedOutcome(decision, requireRow(rows, decision))
  })
}

function requireRow(rows: readonly PlacedRow[], { request }: HoldGrant): PlacedRow {
  const row = rows.find((each) => each.fanId === request.fanId && each.showId === request.showId)
  if (row === undefined) throw new Error('a placed hold was not returned')
  return row
}

async function endAll(
  tx: Tx,
  reservationIds: readonly ReservationId[],
  state: 'EXPIRED' | 'RELEASED',
): Promise<void> {
  if (reservationIds.length === 0) return
  const ended = await endReservations(tx, reservationIds, state)
  if (ended.length < reservationIds.length) throw new Error('a locked reservation could not be ended')
}

async function readRepeated(
  connection: Database['pool'] | Tx,
  decisions: readonly HoldDecision[],
): Promise<Map<ReservationId, Outcome>> {
  const ids = decisions.flatMap((decision) => (decision.kind === 'repeat' ? [decision.reservationId] : []))
  const reservations = ids.length === 0 ? [] : await findReservations(connection, ids)
  return new Map(
    reservations
      .filter((reservation) => reservation.state === 'HELD')
      .map((reservation) => [
        reservation.reservationId,
        { kind: 'done', value: { reservation, isNew: false } },
      ]),
  )
}

function placedOutcome({ request, currency }: HoldGrant, placed: PlacedRow): Outcome {
  // as they were asked for
  const seats = request.seatIds.flatMap((seatId) => placed.seats.find((seat) => seat.seatId === seatId) ?? [])
  const reservation: Reservation = {
    reservationId: placed.reservationId,
    concertId: placed.concertId,
    showId: placed.showId,
    state: 'HELD',
    seats,
    amountMinor: seats.reduce((sum, seat) => sum + seat.priceMinor, 0),
    currency,
    heldAtMs: placed.heldAtMs,
    heldUntilMs: placed.heldUntilMs,
    asOfMs: placed.asOfMs,
  }
  return { kind: 'done', value: { reservation, isNew: true } }
}
