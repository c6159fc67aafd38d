import { z } from 'zod'
import { concertId, reservationId, seatId, showId, ticketId } from './ids.ts'
import { localizedText } from './locale.ts'
import { instantMs } from './time.ts'

export const ticketState = z.enum(['VALID', 'USED', 'VOID'])

export const ticket = z.object({
  ticketId,
  reservationId,
  concertId,
  showId,
  seatId,
  section: z.string(),
  row: z.string(),
  number: z.string(),
  categoryName: z.string(),
  concertTitle: localizedText,
  venue: localizedText,
  timeZone: z.string(),
  startsAtMs: instantMs,
  /** When it was to begin when the seat was held; `null`: no other time. */
  movedFromMs: instantMs.nullable(),
  holderName: z.string(),
  state: ticketState,
  /** Its show does not take place, so it opens nothing, whatever its state says. */
  isCancelled: z.boolean(),
  /** Signed text for the QR code: what the gate reads. */
  code: z.string(),
})
export type Ticket = z.infer<typeof ticket>

/** The public half of the key that signs codes, as a JWK Set (RFC 7517): what a gate without a network checks them with. */
export const ticketKeys = z.object({ keys: z.array(z.record(z.string(), z.unknown())) })

export const ticketInput = z.object({ ticketId })
export const admitTicketInput = z.object({ code: z.string().min(1).max(1024), showId: showId.optional() })
/** The gate's answer when the ticket is good; a second scan is refused with TICKET_USED. */
export const admitted = z.object({
  ticketId,
  showId,
  seatId,
  section: z.string(),
  row: z.string(),
  number: z.string(),
  holderName: z.string(),
  admittedAtMs: instantMs,
})
export type Admitted = z.infer<typeof admitted>
