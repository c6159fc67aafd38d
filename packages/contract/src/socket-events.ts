import { z } from 'zod'
import type { WireError } from './errors.ts'
import { type ConcertId, concertId, showId } from './ids.ts'
import type { Reservation } from './reservations.ts'
import type { SeatFrame } from './seats.ts'
import { type Entry, pass, type QueueProgress } from './waiting-room.ts'

export const lineWatchInput = z.object({ concertId })
/**
 * `pass`: an operator watches without one, every fan needs one. `seq`: the last stream position the client has; the server answers what followed, so
 * that no gap opens while joining.
 */
export const showWatchInput = z.object({
  showId,
  pass: pass.optional(),
  seq: z.number().int().nonnegative().optional(),
})
export type ShowWatchInput = z.infer<typeof showWatchInput>
export const showUnwatchInput = z.object({ showId })

/** What a frame's absence would not say: a gateway that is well speaks about each watched show at least this often. */
export const seatHeartbeatMs = 5_000

export type Ack<T> = { ok: true; value: T } | { ok: false; error: WireError }

export type ClientEvents = {
  'line:watch': (
    input: z.input<typeof lineWatchInput>,
    ack: (reply: Ack<{ progress: QueueProgress | null }>) => void,
  ) => void
  'line:unwatch': (
    input: z.input<typeof lineWatchInput>,
    ack: (reply: Ack<Record<string, never>>) => void,
  ) => void
  /** `frame` carries what was missed since `seq`; null: nothing kept that far back, take a snapshot. */
  'show:watch': (
    input: ShowWatchInput,
    ack: (reply: Ack<{ seq: number; frame: SeatFrame | null }>) => void,
  ) => void
  'show:unwatch': (
    input: z.input<typeof showUnwatchInput>,
    ack: (reply: Ack<Record<string, never>>) => void,
  ) => void
}

export type HoldMessage = Pick<Reservation, 'reservationId' | 'showId' | 'state'> & {
  heldUntilMs: number | null
}

export type ServerEvents = {
  /** A frame with no changes and `from` = `to` is a heartbeat: the position the gateway is at. */
  seats: (frame: SeatFrame) => void
  queue: (progress: QueueProgress) => void
  entry: (message: { concertId: ConcertId; entry: Entry }) => void
  /** The own hold changed, on whatever device. A hint: a countdown needs the reservation itself, with the server's clock. */
  hold: (message: HoldMessage) => void
  bye: (message: { retryAfterMs: number }) => void
}
