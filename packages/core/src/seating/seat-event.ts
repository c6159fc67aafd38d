import { accountId, reservationId, reservationState, seatChange, type ShowId } from '@greenroom/contract'
import { z } from 'zod'

/**
 * What happened to seats of one show in one transaction: the outbox row and the stream entry. `changes` is for everybody who
 * watches; whose reservation it was, and until when it holds, is for servers alone.
 */
export const seatEvent = z.object({
  fanId: accountId.nullable(),
  reservationId: reservationId.nullable(),
  state: reservationState,
  heldUntilMs: z.number().int().nullable(),
  changes: z.array(seatChange),
  /** While something is traced: the span that published it, as a W3C `traceparent`. */
  trace: z.string().optional(),
})
export type SeatEvent = z.infer<typeof seatEvent>

/** A stream entry: `seq` grows by exactly one from entry to entry of a show; a jump means that something was lost. */
export type SeatEntry = {
  showId: ShowId
  seq: number
  event: SeatEvent
  /** By Redis' clock. An entry of a version before says nothing. */
  publishedAtMs?: number | undefined
}
