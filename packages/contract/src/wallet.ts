import { z } from 'zod'
import { amountMinor, currency } from './money.ts'
import { instantMs } from './time.ts'

/** Made by the client, once per attempt; the same key with the same body gets the first reply again. */
export const idempotencyKey = z
  .string()
  .min(8)
  .max(100)
  .regex(/^[\w.:-]+$/)
  .describe('Made by the client, once for each attempt, and sent again with each repeat of it.')

export const maxChargeMinor = 10_000_000
export const maxBalanceMinor = 1_000_000_000

export const chargeInput = z.object({
  amountMinor: z.number().int().min(1).max(maxChargeMinor),
  idempotencyKey,
})
export type ChargeInput = z.infer<typeof chargeInput>

export const balance = z.object({ balanceMinor: amountMinor, currency })
export type Balance = z.infer<typeof balance>

export const statementInput = z.object({
  beforeId: z.number().int().positive().describe('Lines older than this one.').optional(),
  limit: z.number().int().min(1).max(100).describe('How many at most.').default(30),
})

export const statementLine = z.object({
  transferId: z.number().int(),
  kind: z.enum(['charge', 'payment', 'refund']),
  /** From the fan's side: positive when the wallet grew. */
  changeMinor: z.number().int(),
  /** The wallet right after this line. */
  balanceAfterMinor: amountMinor,
  reservationId: z.number().int().nullable(),
  atMs: instantMs,
})
export type StatementLine = z.infer<typeof statementLine>
export const statement = z.object({
  lines: z.array(statementLine),
  nextBeforeId: z.number().int().nullable(),
})
export type Statement = z.infer<typeof statement>
