import { z } from 'zod'
import { instantMs } from './time.ts'

/** How fast calls of one kind were answered over the last seconds; `null` when there was none. Each is at most 20 % too high. */
export const callLoad = z.object({
  perSecond: z.number(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
})
export type CallLoad = z.infer<typeof callLoad>

/** How busy all api processes together are. A hint: what is not told of lately is not in it. */
export const serverLoad = z.object({
  asOfMs: instantMs,
  /** Those that told of themselves within the last five seconds. With none, the rest says nothing. */
  processes: z.number().int(),
  /** Calls of fans outside. */
  crowd: callLoad,
  /** Calls of fans who were let in. */
  inside: callLoad,
  all: callLoad,
  /** Calls refused because more was asked than could be answered, or because Postgres was away. */
  refusedPerSecond: z.number(),
  /** Calls answered with a refusal that a rule makes: a seat that is taken, a pass that is over, too little money, too many calls. */
  refusedByRulesPerSecond: z.number(),
  pool: z.object({
    /** Connections to Postgres that there may be, and those that are open. */
    size: z.number().int(),
    total: z.number().int(),
    /** Statements that wait for one. */
    waiting: z.number(),
    /** Of the busiest process: connections that work, and statements that wait, for each that may be. Above 1 somebody waits. */
    use: z.number(),
  }),
  /** Of the process that is worst off; `null` without any. */
  loopLagP99Ms: z.number().nullable(),
})
export type ServerLoad = z.infer<typeof serverLoad>
