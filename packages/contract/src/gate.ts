import { z } from 'zod'
import { showId, ticketId } from './ids.ts'
import { localizedText } from './locale.ts'
import { instantMs } from './time.ts'
import { idempotencyKey } from './wallet.ts'

export const scanTicketInput = z.object({
  /** The show at whose gate this is. */
  showId,
  code: z.string().trim().min(1).max(1_024),
  idempotencyKey,
})
export type ScanTicketInput = z.infer<typeof scanTicketInput>

const scannedTicket = z.object({
  ticketId,
  showId,
  section: z.string(),
  row: z.string(),
  number: z.string(),
  holderName: z.string(),
  concertTitle: localizedText,
  timeZone: z.string(),
  startsAtMs: instantMs,
})

/** What a gate is told of a code. `admitted` is told once for each ticket, to one gate. */
export const scanVerdict = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('admitted'), ticket: scannedTicket, admittedAtMs: instantMs }),
  /** Somebody is in on it already; `usedBy` is the operator's name, where it is known. */
  z.object({
    verdict: z.literal('used'),
    ticket: scannedTicket,
    usedAtMs: instantMs,
    usedBy: z.string().nullable(),
  }),
  z.object({ verdict: z.literal('wrongShow'), ticket: scannedTicket }),
  z.object({ verdict: z.literal('refunded'), ticket: scannedTicket }),
  z.object({ verdict: z.literal('cancelled'), ticket: scannedTicket }),
  /** Not a code of ours, or changed. */
  z.object({ verdict: z.literal('forged') }),
])
export type ScanVerdict = z.infer<typeof scanVerdict>

/** How many came in at a show so far. */
export const gateCount = z.object({ admitted: z.number().int() })
