import {
  type AccountId,
  type ConcertId,
  DomainError,
  type Reservation,
  type ReservationId,
  type ReservationListing,
} from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findListing, findListings, findLiveHolds } from './reservation-store.ts'

/** More than a fan ever has at one concert; older ones are history nobody pages through here. */
const listLimit = 200

/** One of the fan's own reservations; somebody else's is NOT_FOUND, as if it did not exist. */
export async function readReservation(
  deps: Deps,
  input: { fanId: AccountId; reservationId: ReservationId },
): Promise<ReservationListing> {
  const listing = await findListing(deps.db, input.fanId, input.reservationId)
  if (listing === undefined) throw new DomainError('NOT_FOUND', { what: 'reservation' })
  return listing
}

/** The fan's newest 200 reservations, newest first. */
export async function listReservations(deps: Deps, fanId: AccountId): Promise<ReservationListing[]> {
  return await findListings(deps.db, fanId, listLimit)
}

/** What the fan holds of a concert right now, oldest first. */
export async function listLiveHolds(
  deps: Deps,
  input: { fanId: AccountId; concertId: ConcertId },
): Promise<Reservation[]> {
  return await findLiveHolds(deps.db, input.fanId, input.concertId)
}
