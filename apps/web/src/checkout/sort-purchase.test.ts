import {
  concertId,
  type ReservationId,
  type ReservationListing,
  type ReservationState,
  reservationId,
  showId,
} from '@greenroom/contract'
import { expect, test } from 'vitest'
import { nextToEnd, sortPurchase } from './sort-purchase.ts'

function reservation(id: number, state: ReservationState, heldUntilMs = 1_000): ReservationListing {
  return {
    reservationId: reservationId.parse(id),
    concertId: concertId.parse(1),
    showId: showId.parse(1),
    state,
    seats: [],
    amountMinor: 10,
    currency: 'KRW',
    heldAtMs: 0,
    heldUntilMs,
    asOfMs: 0,
    concertTitle: { ko: '제목', en: 'Title' },
    venue: { ko: '곳', en: 'Place' },
    timeZone: 'Asia/Seoul',
    startsAtMs: 0,
    paymentId: null,
    isCancelled: false,
    movedFromMs: null,
  }
}

function sortedIds(states: readonly ReservationState[], gone: readonly number[] = []) {
  const goneIds = new Set<ReservationId>(gone.map((id) => reservationId.parse(id)))
  const purchase = sortPurchase(
    states.map((state, index) => reservation(index + 1, state)),
    goneIds,
  )
  const ids = (list: readonly ReservationListing[]): number[] => list.map((each) => each.reservationId)
  return { payable: ids(purchase.payable), paid: ids(purchase.paid), ended: ids(purchase.ended) }
}

test('what was paid in another tab is not paid again, and does not keep the rest from being paid', () => {
  expect(sortedIds(['PAID', 'HELD'])).toEqual({ payable: [2], paid: [1], ended: [] })
})

test('a hold that was given back does not hide one that still runs', () => {
  expect(sortedIds(['RELEASED', 'HELD'])).toEqual({ payable: [2], paid: [], ended: [1] })
})

test('what was paid stays paid beside what ended', () => {
  expect(sortedIds(['PAID', 'RELEASED', 'REFUNDED'])).toEqual({ payable: [], paid: [1], ended: [2, 3] })
})

test('a hold that ran out may be paid until the server has said that somebody else has its seats', () => {
  expect(sortedIds(['EXPIRED', 'HELD'])).toEqual({ payable: [1, 2], paid: [], ended: [] })
  expect(sortedIds(['EXPIRED', 'HELD'], [1])).toEqual({ payable: [2], paid: [], ended: [1] })
})

test('a payment that went through counts, whatever was refused before', () => {
  expect(sortedIds(['PAID'], [1])).toEqual({ payable: [], paid: [1], ended: [] })
})

test('the countdown is of the first hold to end among those that run', () => {
  const over = reservation(1, 'EXPIRED', 500)
  const later = reservation(2, 'HELD', 9_000)
  const sooner = reservation(3, 'HELD', 3_000)
  expect(nextToEnd([over, later, sooner], 1_000)).toBe(sooner)
  expect(nextToEnd([over, sooner], 3_000)).toBe(over)
  expect(nextToEnd([], 0)).toBeUndefined()
})
