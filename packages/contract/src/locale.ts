import { z } from 'zod'

export const locale = z.enum(['ko', 'en'])
export type Locale = z.infer<typeof locale>

/** A text that a fan reads, in every language the product speaks. */
export const localizedText = z.object({ ko: z.string().min(1).max(400), en: z.string().min(1).max(400) })
export type LocalizedText = z.infer<typeof localizedText>
