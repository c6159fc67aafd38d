import { z } from 'zod'
import { seatId, showId } from './ids.ts'
import { reservedSeat } from './reservations.ts'
import { seatStatus } from './seat-status.ts'
import { instantMs } from './time.ts'
import { pass } from './waiting-room.ts'

/** An operator looks without a pass; every fan needs one. */
export const snapshotInput = z.object({ showId, pass: pass.optional() })

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

export const changesInput = z.object({ showId, pass: pass.optional(), after: z.number().int().nonnegative() })
/** `frame` is null when the range is no longer kept: take a new snapshot. */
export const changesReply = z.object({ frame: seatFrame.nullable() })

/** A seat of a list, for who draws no map. `seatNo` counts the show's seats from 1, in the hall's order. */
export const listedSeat = reservedSeat.extend({ seatNo: z.number().int().positive(), status: seatStatus })
export type ListedSeat = z.infer<typeof listedSeat>

/** One page of a show's seats in the order of their ids; `status` leaves the others out. */
export const seatListInput = z.object({
  showId,
  pass,
  status: seatStatus.optional(),
  afterSeatId: seatId.optional(),
  limit: z.number().int().min(1).max(1_000).describe('How many at most.').default(500),
})
export type SeatListInput = z.output<typeof seatListInput>

/** `nextAfterSeatId` asks for the next page and is null on the last. `seq` is the stream position that this is true at. */
export const seatList = z.object({
  seats: z.array(listedSeat),
  nextAfterSeatId: seatId.nullable(),
  seq: z.number().int().nonnegative(),
  asOfMs: instantMs,
})
export type SeatList = z.infer<typeof seatList>

export const mySeatsInput = z.object({ showId })
