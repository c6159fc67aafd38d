import { randomUUID } from 'node:crypto'
import { greenroomError } from '@greenroom/client'
import { maxChargeMinor, type Reservation } from '@greenroom/contract'
import { ask } from './ask.ts'
import type { Crowd, Fan } from './crowd.ts'

/** Charges what is missing and pays. Each attempt keeps its key, so a lost answer is asked for again, not paid again. */
export async function buySeats(
  crowd: Crowd,
  { fanId, greenroom: { api } }: Fan,
  { reservationId, concertId, amountMinor: missingMinor }: Reservation,
): Promise<'bought' | 'tooLate'> {
  const who = { actor: fanId, fanId }
  for (let missing = missingMinor; missing > 0; missing -= maxChargeMinor) {
    const key = randomUUID()
    const amountMinor = Math.min(missing, maxChargeMinor)
    await ask(crowd, 'charge', { op: 'charge', ...who, key, amountMinor }, () =>
      api.wallet.charge.mutate({ amountMinor, idempotencyKey: key }),
    )
  }
  const key = randomUUID()
  const reservationIds = [reservationId]
  try {
    await ask(
      crowd,
      'pay',
      { op: 'pay', ...who, concertId, reservationIds, key },
      () => api.payments.pay.mutate({ reservationIds, idempotencyKey: key }),
      ({ paymentId, amountMinor }) => ({ op: 'pay', paymentId, amountMinor }),
    )
    return 'bought'
  } catch (error) {
    const code = greenroomError(error)?.code
    if (code === 'HOLD_EXPIRED' || code === 'HOLD_ENDED' || code === 'SEATS_TAKEN') return 'tooLate'
    throw error
  }
}
