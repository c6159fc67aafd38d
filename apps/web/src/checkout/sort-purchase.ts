import type { ReservationId, ReservationListing } from '@greenroom/contract'

/** What became of each reservation that an address of the checkout names. */
export type Purchase = {
  /** Held, or over with nobody known to have the seats: what the button is for. */
  payable: ReservationListing[]
  paid: ReservationListing[]
  /** Given back, refunded, or over and taken by another fan: nothing of it can be paid. */
  ended: ReservationListing[]
}

/**
 * Sorts reservations by what can be done with them. All of `payable` are paid together or none, so nothing may be among them
 * that the server is known to refuse: `goneIds` are those over whose seats somebody else has by its word.
 */
export function sortPurchase(
  reservations: readonly ReservationListing[],
  goneIds: ReadonlySet<ReservationId>,
): Purchase {
  const purchase: Purchase = { payable: [], paid: [], ended: [] }
  for (const each of reservations) purchase[placeOf(each, goneIds)].push(each)
  return purchase
}

function placeOf(
  { state, reservationId }: ReservationListing,
  goneIds: ReadonlySet<ReservationId>,
): keyof Purchase {
  if (state === 'PAID') return 'paid'
  if (state === 'RELEASED' || state === 'REFUNDED' || goneIds.has(reservationId)) return 'ended'
  return 'payable'
}

/** The hold whose countdown is shown: of those that still run the first to end, else the first that ended. */
export function nextToEnd(
  payable: readonly ReservationListing[],
  nowMs: number,
): ReservationListing | undefined {
  const byEnd = payable.toSorted((a, b) => a.heldUntilMs - b.heldUntilMs)
  return byEnd.find((each) => !isOver(each, nowMs)) ?? byEnd[0]
}

/** Its time has passed: paying may still succeed, as long as nobody takes the seats. */
export function isOver({ state, heldUntilMs }: ReservationListing, nowMs: number): boolean {
  return state === 'EXPIRED' || heldUntilMs <= nowMs
}
