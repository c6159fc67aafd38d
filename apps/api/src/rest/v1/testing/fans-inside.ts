import { makeShow } from '@greenroom/core/testing'
import {
  type ConcertId,
  reservation,
  type Reservation,
  type ReservationId,
  type SeatId,
  type ShowId,
} from '@greenroom/contract'
import { queuePlace } from '../queue-place.ts'
import { attempt, type Fan, type Sent, type V1 } from './serve-v1.ts'

export type FanInside = Fan & { pass: { 'queue-pass': string } }

/** A fan who signed up, joined, and is let in, all over REST. */
export async function signUpInside(v1: V1, { concertId }: { concertId: ConcertId }): Promise<FanInside> {
  const fan = await v1.signUp()
  const place = await fan.ask(queuePlace, `POST /v1/concerts/${concertId}/queue`)
  if (place.state !== 'ACTIVE') throw new Error(`the fan is ${place.state}`)
  return { ...fan, pass: { 'queue-pass': place.pass } }
}

/** What the fan holds now: these seats. */
export async function hold(
  fan: FanInside,
  { showId }: { showId: ShowId },
  seatIds: readonly (SeatId | undefined)[],
): Promise<Reservation> {
  return await fan.ask(reservation, `POST /v1/shows/${showId}/holds`, {
    headers: { ...fan.pass, ...attempt() },
    body: { seatIds },
  })
}

/** Money in the wallet. */
export async function chargeWallet(fan: Fan, amountMinor: number): Promise<void> {
  const { status } = await fan.call('POST /v1/wallet/charges', { headers: attempt(), body: { amountMinor } })
  if (status !== 201) throw new Error(`the charge answered ${status}`)
}

export type Buyer = { fan: FanInside; reservationId: ReservationId; showId: ShowId }

/** A fan inside who holds one seat of 50,000, with so much in the wallet. */
export async function makeBuyer(v1: V1, amountMinor = 50_000): Promise<Buyer> {
  const show = await makeShow(v1.deps, { priceMinor: 50_000 })
  const fan = await signUpInside(v1, show)
  const { reservationId } = await hold(fan, show, [show.seatIds[0]])
  if (amountMinor > 0) await chargeWallet(fan, amountMinor)
  return { fan, reservationId, showId: show.showId }
}

/** The body of a payment for one reservation, with a key of its own. */
export function paymentOf(reservationId: ReservationId): Sent {
  return { headers: attempt(), body: { reservationIds: [reservationId] } }
}
