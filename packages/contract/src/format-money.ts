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
  const style = new Intl.NumberFormat(locale, { style: 'currency', currency: code, ...options })
  return style.format(minor / 10 ** minorDigits[code])
}
