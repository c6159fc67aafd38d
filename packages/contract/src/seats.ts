import { z } from 'zod'
import { seatId, showId } from './ids.ts'
import { pass } from './waiting-room.ts'
import { seatStatus } from './seat-status.ts'

export const snapshotInput = z.object({ showId, pass })

/** All seats of a show at stream position `seq`: apply every later frame, ignore earlier ones. */
export const seatSnapshot = z.object({
  showId,
  seq: z.number().int().nonnegative(),
  seatCount: z.number().int(),
  firstSeatId: seatId,
  /** base64 of `packSeatCodes` */
  packed: z.string(),
})
export type SeatSnapshot = z.infer<typeof seatSnapshot>

/** [seat, new status, the seat row's version]: an older version never overwrites a newer one. */
export const seatChange = z.tuple([seatId, seatStatus, z.number().int().nonnegative()])
export type SeatChange = z.infer<typeof seatChange>

/** What happened to a show's seats after stream position `from`, up to and including `to`. */
export const seatFrame = z.object({
  showId,
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  changes: z.array(seatChange),
})
export type SeatFrame = z.infer<typeof seatFrame>

export const changesInput = z.object({ showId, pass, after: z.number().int().nonnegative() })
/** `frame` is null when the range is no longer kept: take a new snapshot. */
export const changesReply = z.object({ frame: seatFrame.nullable() })

export const mySeatsInput = z.object({ showId })
