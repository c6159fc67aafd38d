import { z } from 'zod'
import { concertId, reservationId, showId } from './ids.ts'
import { amountMinor, currency } from './money.ts'
import { operatorReason } from './payments.ts'
import { instantMs } from './time.ts'

export const cancelShowInput = z.object({ showId, reason: operatorReason })
export type CancelShowInput = z.infer<typeof cancelShowInput>

/** A refund that did not work out so far. */
const failedRefund = z.object({
  reservationId,
  attempts: z.number().int(),
  reason: z.string(),
  /** Not tried again until an operator says so. */
  isGivenUp: z.boolean(),
})

/** How far the refunds of a cancelled show are. */
export const cancellation = z.object({
  showId,
  concertId,
  reason: z.string(),
  cancelledByEmail: z.string(),
  cancelledAtMs: instantMs,
  /** Everything was given back and every seat is off sale; `null` while it goes on. */
  finishedAtMs: instantMs.nullable(),
  currency,
  /** Paid reservations, those of them that were given back, and those that were given up. */
  total: z.number().int(),
  refunded: z.number().int(),
  failed: z.number().int(),
  refundedMinor: amountMinor,
  /** The first 50. */
  failures: z.array(failedRefund),
})
export type Cancellation = z.infer<typeof cancellation>
