import { z } from 'zod'
import { maxAmountMinor } from './max-amount.ts'

/** Money is a whole number of the currency's minor unit: won for KRW, cents for USD. Never a float, never negative on the wire. */
export const amountMinor = z
  .number()
  .int()
  .nonnegative()
  .max(maxAmountMinor)
  .describe("An amount in the currency's minor unit: won for KRW, cents for USD.")
export type AmountMinor = z.infer<typeof amountMinor>

export const currency = z.enum(['KRW', 'USD', 'EUR', 'JPY']).describe('ISO 4217.')
export type Currency = z.infer<typeof currency>
