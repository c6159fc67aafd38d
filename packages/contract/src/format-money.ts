import type { Currency } from './money.ts'

/** ISO 4217: how many decimal digits a currency's minor unit stands for. */
export const minorDigits: Record<Currency, number> = { KRW: 0, USD: 2, EUR: 2, JPY: 0 }

/** The amount as a person of that locale writes it, symbol included; `options` for where there is little room. */
export function formatMoney(
  minor: number,
  code: Currency,
  locale: string,
  options: Pick<Intl.NumberFormatOptions, 'notation' | 'maximumFractionDigits'> = {},
): string {
  return styleOf(code, locale, options).format(minor / 10 ** minorDigits[code])
}

const styles = new Map<string, Intl.NumberFormat>()

/** Making one takes longer than writing a hundred amounts with it. */
function styleOf(
  code: Currency,
  locale: string,
  options: Pick<Intl.NumberFormatOptions, 'notation' | 'maximumFractionDigits'>,
): Intl.NumberFormat {
  const key = `${locale} ${code} ${options.notation} ${options.maximumFractionDigits}`
  const known = styles.get(key)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(locale, { style: 'currency', currency: code, ...options })
  styles.set(key, made)
  return made
}
