import type { Currency } from '@greenroom/contract'
import { maxAmountMinor, minorDigits } from '@greenroom/contract/plain'

/** Longer than any amount that can be put into a wallet at once. */
const maxDigits = 9

/**
 * What was typed or pasted, as an amount is written: thousands apart, and after the point no more digits than the currency
 * has. Anything else is left out; a point that was just typed stays.
 */
export function tidyAmount(typed: string, currency: Currency): string {
  const [whole = '', ...fractions] = typed.replace(/[^\d.]/g, '').split('.')
  const digits = whole.replace(/^0+(?=\d)/, '').slice(0, maxDigits)
  const grouped = digits.replace(/\B(?=(\d{3})+$)/g, ',')
  if (fractions.length === 0 || minorDigits[currency] === 0) return grouped
  return `${grouped || '0'}.${fractions.join('').slice(0, minorDigits[currency])}`
}

/** The amount of a tidy text in minor units: `12.5` is 1,250 in USD; 0 for nothing. */
export function readAmount(tidy: string, currency: Currency): number {
  const [whole = '', fraction = ''] = tidy.replaceAll(',', '').split('.')
  return Number(whole + fraction.padEnd(minorDigits[currency], '0'))
}

/** The text that is read as the amount, without digits that say nothing: `50`, `12.50`. Exact, however large. */
export function writeAmount(minor: number, currency: Currency): string {
  const digits = minorDigits[currency]
  const text = String(minor).padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',')
  const fraction = text.slice(text.length - digits)
  return Number(fraction) === 0 ? whole : `${whole}.${fraction}`
}

export type AmountFault = 'empty' | 'unreadable' | 'tooManyDigits' | 'tooLarge'

/** Thousands apart or not at all, so that a comma that stands for a point is not overlooked: `12,50` is not 1,250. */
const written = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/

/**
 * The amount of a text in minor units, or what is wrong with it. Unlike what is tidied while it is typed, nothing is left out: a digit
 * that the currency has no coin for is told, not dropped. Counted in whole digits, never as a fraction.
 */
export function parseAmount(
  text: string,
  currency: Currency,
): { isAmount: true; minor: number } | { isAmount: false; fault: AmountFault } {
  const digits = minorDigits[currency]
  const refuse = (fault: AmountFault) => ({ isAmount: false, fault }) as const
  if (text.trim() === '') return refuse('empty')
  const [, whole, fraction = ''] = written.exec(text.trim()) ?? []
  if (whole === undefined) return refuse('unreadable')
  if (fraction.length > digits) return refuse('tooManyDigits')
  const minor = Number(whole.replaceAll(',', '') + fraction.padEnd(digits, '0'))
  return minor > maxAmountMinor ? refuse('tooLarge') : { isAmount: true, minor }
}
