import { z } from 'zod'
import { displayName } from './display-name.ts'
import { concertId, partnerKeyId } from './ids.ts'
import { instantMs } from './time.ts'

export const createPartnerKeyInput = z.object({
  /** Shows up in the audit beside what was done with the key. */
  name: displayName,
  /** The concerts the key is good for, and no wallet then; `null`: all, those to come included, and wallets. */
  concertIds: z
    .array(concertId)
    .min(1)
    .max(100)
    .refine((ids) => new Set(ids).size === ids.length, 'a concert is named twice')
    .nullable(),
  /** Calls a minute, over all processes together. */
  ratePerMinute: z.number().int().min(1).max(1_000_000).default(6_000),
})
export type CreatePartnerKeyInput = z.input<typeof createPartnerKeyInput>

/** A key as operators see it: what it may do and whether it lives, never its secret. */
export const partnerKey = z.object({
  partnerKeyId,
  name: z.string(),
  concertIds: z.array(concertId).nullable(),
  ratePerMinute: z.number().int(),
  /** The operator who made it. */
  createdByEmail: z.string(),
  createdAtMs: instantMs,
  revokedAtMs: instantMs.nullable(),
  /** To the minute, and a hint: `null` when it was never used. */
  lastUsedAtMs: instantMs.nullable(),
})
export type PartnerKey = z.infer<typeof partnerKey>

/** `secret` is the whole text to send as `x-api-key`: shown here and never again. */
export const createdPartnerKey = z.object({ partnerKey, secret: z.string() })
export type CreatedPartnerKey = z.infer<typeof createdPartnerKey>

export const partnerKeyInput = z.object({ partnerKeyId })
