import { z } from 'zod'

/** One line of text: Postgres keeps no NUL, a ticket has room for no line break, and half a surrogate pair is no character. */
export const displayLine = z
  .string()
  .trim()
  .max(80)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has a character that no name has')

export const displayName = displayLine.min(1)
