import { randomUUID } from 'node:crypto'
import { type Greenroom, greenroomError } from '@greenroom/client'
import { maxChargeMinor, type Reservation } from '@greenroom/contract'
import type { Crowd, Fan } from './crowd.ts'
import { keepTrying } from './keep-trying.ts'

/** Charges what is missing and pays. Each attempt keeps its key, so a lost answer is asked for again, not paid again. */
export async function buySeats(
  crowd: Crowd,
  fan: Fan,
  greenroom: Greenroom,
  reservation: Reservation,
): Promise<'bought' | 'tooLate'> {
  const trying = { ...crowd.options, signal: crowd.signal }
  const { measure } = crowd.measurements
  for (let missing = reservation.amountMinor; missing > 0; missing -= maxChargeMinor) {
    const input = { amountMinor: Math.min(missing, maxChargeMinor), idempotencyKey: randomUUID() }
    await keepTrying(trying, () => measure('charge', () => greenroom.api.wallet.charge.mutate(input)))
    crowd.ledger.noteCharged(fan.number, input.amountMinor)
  }
  const input = { reservationIds: [reservation.reservationId], idempotencyKey: randomUUID() }
  try {
    const payment = await keepTrying(trying, () =>
      measure('pay', () => greenroom.api.payments.pay.mutate(input)),
    )
    const seatIds = reservation.seats.map((seat) => seat.seatId)
    crowd.ledger.notePaid(fan.number, seatIds, payment.amountMinor)
    return 'bought'
  } catch (error) {
    const code = greenroomError(error)?.code
    if (code === 'HOLD_EXPIRED' || code === 'HOLD_ENDED' || code === 'SEATS_TAKEN') return 'tooLate'
    throw error
  }
}
