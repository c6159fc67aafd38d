import type { Currency } from '@greenroom/contract'
import { minorDigits } from '@greenroom/contract/plain'

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

/** The text that is read as the amount, without digits that say nothing: `50`, `12.50`. */
export function writeAmount(minor: number, currency: Currency): string {
  const [whole, fraction = ''] = (minor / 10 ** minorDigits[currency])
    .toFixed(minorDigits[currency])
    .split('.')
  return tidyAmount(Number(fraction) === 0 ? `${whole}` : `${whole}.${fraction}`, currency)
}
