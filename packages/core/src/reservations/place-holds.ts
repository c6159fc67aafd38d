import type { Reservation, ReservationId } from '@greenroom/contract'
import { type Database, inRetriedTransaction, sqlState, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import type { Settled } from './batch-requests.ts'
import { endReservations } from './end-store.ts'
import {
  decideHold,
  type HoldDecision,
  type HoldGrant,
  type HoldRequest,
  type Scene,
  type SeatRow,
  seatsOf,
} from './hold-decision.ts'
import { insertHolds, type PlacedRow } from './hold-store.ts'
import { beginSeatCounts, lockSeatCounts, lockSeats } from './lock-store.ts'
import { findReservations } from './reservation-store.ts'
import { readScene, underLock } from './scene-store.ts'

export type Placed = { reservation: Reservation; isNew: boolean }
export type Outcome = Settled<Placed>

/**
 * Decides about many requests, no two of one fan for one show, in one transaction: one outcome each, in their order; where
 * two want the same seat the earlier one wins. One that makes the transaction fail fails alone, because then each is
 * tried by itself.
 */
export async function placeHolds(deps: Deps, requests: HoldRequest[]): Promise<Outcome[]> {
  try {
    return await placeTogether(deps, requests)
  } catch (error) {
    if (requests.length === 1 || sqlState(error) === undefined) {
      return requests.map(() => ({ kind: 'failed', error }))
    }
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
  const placed = await placeGrants(deps, grants, scene)
  const repeated = await readRepeated(deps.db.pool, decisions)
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

async function placeGrants(
  deps: Deps,
  grants: HoldGrant[],
  scene: Scene,
): Promise<Map<HoldDecision, Outcome>> {
  if (grants.length === 0) return new Map()
  const outcomes = await inRetriedTransaction(deps.db, (tx) => placeUnderLock(tx, grants, scene))
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
    const row = rows.find(
      (each) => each.fanId === decision.request.fanId && each.showId === decision.request.showId,
    )
    if (row === undefined) throw new Error('a placed hold was not returned')
    return { kind: 'done', value: { reservation: reservationOf(decision, row), isNew: true } }
  })
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

function reservationOf(grant: HoldGrant<SeatRow>, row: PlacedRow): Reservation {
  return {
    reservationId: row.reservationId,
    concertId: row.concertId,
    showId: row.showId,
    state: 'HELD',
    seats: grant.seats.map(({ seatId, section, row: seatRow, number, categoryCode, priceMinor }) => ({
      seatId,
      section,
      row: seatRow,
      number,
      categoryCode,
      priceMinor,
    })),
    amountMinor: grant.seats.reduce((sum, seat) => sum + seat.priceMinor, 0),
    currency: grant.currency,
    heldAtMs: row.heldAtMs,
    heldUntilMs: row.heldUntilMs,
    asOfMs: row.asOfMs,
  }
}
