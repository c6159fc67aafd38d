import { z } from 'zod'

export const locale = z.enum(['ko', 'en'])
export type Locale = z.infer<typeof locale>

/** Postgres keeps no NUL, and half a surrogate pair is no character. */
export const keepable = z.string().regex(/^[^\0\p{Cs}]*$/u, 'has a character that no text has')

/** A text that a fan reads, in every language the product speaks. */
const told = keepable.min(1).max(400)
export const localizedText = z.object({ ko: told, en: told })
export type LocalizedText = z.infer<typeof localizedText>
