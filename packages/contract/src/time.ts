import { z } from 'zod'

/** An instant: whole milliseconds since 1970-01-01T00:00Z, by the server's clock (Postgres `now()` or Redis `TIME`). */
export const instantMs = z
  .number()
  .int()
  .nonnegative()
  .describe("An instant: milliseconds since 1970-01-01T00:00Z by the server's clock.")
export type InstantMs = z.infer<typeof instantMs>

/** An instant that somebody sets. Its year has four digits: what comes after is written in no calendar and no log. */
export const plannedMs = instantMs.max(253_402_300_799_999)
