import { z } from 'zod'
import { displayLine } from './display-name.ts'
import { bypassCodeId, concertId } from './ids.ts'
import { instantMs } from './time.ts'
import { bypassCode } from './waiting-room.ts'

export const createBypassCodeInput = z.object({
  concertId,
  /** For whom it is: only operators see it. */
  label: displayLine.min(1),
  /** How often it lets somebody in; null: any number of times. */
  maxUses: z.number().int().min(1).max(100_000).nullable(),
})
export type CreateBypassCodeInput = z.infer<typeof createBypassCodeInput>

/** The text is shown here and never again. */
export const createdBypassCode = z.object({ bypassCodeId, code: bypassCode })

export const bypassCodeListing = z.object({
  bypassCodeId,
  label: z.string(),
  maxUses: z.number().int().nullable(),
  uses: z.number().int(),
  createdByEmail: z.string(),
  createdAtMs: instantMs,
  revokedAtMs: instantMs.nullable(),
})
export type BypassCodeListing = z.infer<typeof bypassCodeListing>

export const bypassCodeInput = z.object({ bypassCodeId })
