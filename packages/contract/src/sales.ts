import { z } from 'zod'
import { concertId } from './ids.ts'
import { serverLoad } from './load.ts'
import { lineSteering } from './operator.ts'
import { instantMs } from './time.ts'
import { queueProgress } from './waiting-room.ts'

const count = z.number().int().nonnegative()

/** What a sale has come to, at one moment of the database. */
export const saleFigures = z.object({
  seats: z.object({ available: count, held: count, sold: count, blocked: count }),
  /** What was paid less what was refunded. */
  revenueMinor: z.number().int(),
  /** Fans who ever went in. */
  entered: count,
  /** Fans who ever paid. */
  paid: count,
  asOfMs: instantMs,
})
export type SaleFigures = z.infer<typeof saleFigures>

export const liveSale = z.object({
  /** The line; null while Redis does not say. */
  progress: queueProgress.nullable(),
  steering: lineSteering,
  /** As the operator set them, and as they are kept: known without Redis, too. */
  capacity: count,
  ratePerMinute: count.nullable(),
  figures: saleFigures,
  /** Of the fans who went in and are done, the share that paid, between 0 and 1; null while nobody is done. */
  conversion: z.number().min(0).max(1).nullable(),
  /** How long a fan keeps a place inside, over the last minutes; null while nobody went in. */
  meanInsideMs: z.number().positive().nullable(),
  /** null while no api process has said. */
  load: serverLoad.nullable(),
})
export type LiveSale = z.infer<typeof liveSale>

export const historyRange = z.enum(['15m', '1h', '1d', 'all'])
export type HistoryRange = z.infer<typeof historyRange>

export const saleHistoryInput = z.object({ concertId, range: historyRange })

/** The most points that one answer has. */
export const mostHistoryPoints = 601

const column = z.array(z.number().nullable()).max(mostHistoryPoints)

/**
 * A sale over time, column by column, all of one length: the point of `atMs` covers the `stepMs` that begin then. Numbers are the last ones
 * of it, times and refusals the worst. Where nothing was measured there is no point, or null in a column.
 */
export const saleHistory = z.object({
  fromMs: instantMs,
  untilMs: instantMs,
  stepMs: z.number().int().positive(),
  atMs: z.array(instantMs).max(mostHistoryPoints),
  waiting: column,
  active: column,
  capacity: column,
  outflowPerMinute: column,
  available: column,
  held: column,
  sold: column,
  revenueMinor: column,
  entered: column,
  paid: column,
  p50Ms: column,
  p95Ms: column,
  p99Ms: column,
  callsPerSecond: column,
  refusedPerSecond: column,
  /** Not measured before it was told apart: null. */
  refusedByRulesPerSecond: column,
  /** Of the busiest process: connections at work, and statements that wait for one, for each that there may be. */
  poolUse: column,
})
export type SaleHistory = z.infer<typeof saleHistory>
