import { z } from 'zod'
import { accountId, concertId, paymentId, reservationId, showId, ticketId } from './ids.ts'
import { localizedText } from './locale.ts'
import { amountMinor, currency } from './money.ts'
import { reservationState } from './reservations.ts'
import { ticketState } from './tickets.ts'
import { instantMs } from './time.ts'

/** A payment's number, a fan's whole e-mail address, or the text of a ticket's QR code. */
export const findPaymentsInput = z.object({ query: z.string().trim().min(1).max(1_024) })

/** A payment in a list of those found. */
export const foundPayment = z.object({
  paymentId,
  fanEmail: z.string(),
  fanName: z.string(),
  concertId,
  concertTitle: localizedText,
  amountMinor,
  refundedMinor: amountMinor,
  currency,
  paidAtMs: instantMs,
})
export type FoundPayment = z.infer<typeof foundPayment>

const soldTicket = z.object({
  ticketId,
  section: z.string(),
  row: z.string(),
  number: z.string(),
  state: ticketState,
  usedAtMs: instantMs.nullable(),
})

const soldReservation = z.object({
  reservationId,
  showId,
  startsAtMs: instantMs,
  isCancelled: z.boolean(),
  state: reservationState,
  amountMinor,
  heldAtMs: instantMs,
  /** When it was given back. */
  endedAtMs: instantMs.nullable(),
  tickets: z.array(soldTicket),
})
export type SoldReservation = z.infer<typeof soldReservation>

/** A payment whole: who, what, and what became of it. */
export const paymentDetails = foundPayment.extend({
  fanId: accountId,
  timeZone: z.string(),
  venue: localizedText,
  reservations: z.array(soldReservation),
})
export type PaymentDetails = z.infer<typeof paymentDetails>
