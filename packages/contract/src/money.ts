import { z } from 'zod'

/** Money is a whole number of the currency's minor unit: won for KRW, cents for USD. Never a float, never negative on the wire. */
export const amountMinor = z
  .number()
  .int()
  .nonnegative()
  .max(1_000_000_000_000)
  .describe("An amount in the currency's minor unit: won for KRW, cents for USD.")
export type AmountMinor = z.infer<typeof amountMinor>

export const currency = z.enum(['KRW', 'USD', 'EUR', 'JPY']).describe('ISO 4217.')
export type Currency = z.infer<typeof currency>

/** ISO 4217: how many decimal digits a currency's minor unit stands for. */
const minorDigits: Record<Currency, number> = { KRW: 0, USD: 2, EUR: 2, JPY: 0 }

/** The amount as a person of that locale writes it, symbol included. */
export function formatMoney(minor: number, code: Currency, locale: string): string {
  const style = new Intl.NumberFormat(locale, { style: 'currency', currency: code })
  return style.format(minor / 10 ** minorDigits[code])
}
