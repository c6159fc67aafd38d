import type { Currency } from '@greenroom/contract'
import { formatMoney } from '@greenroom/contract/plain'
import { currentLocale } from './locale.ts'

/** An amount in the page's language. Korean readers are used to `55,000원`, not to a sign in front. */
export function tellMoney(minor: number, currency: Currency): string {
  const locale = currentLocale()
  if (locale === 'ko' && currency === 'KRW') return `${minor.toLocaleString('ko-KR')}원`
  return formatMoney(minor, currency, locale === 'ko' ? 'ko-KR' : 'en')
}

/** The same where there is hardly room: `9.9만`, `₩99K`. */
export function tellMoneyBriefly(minor: number, currency: Currency): string {
  const locale = currentLocale()
  const brief = { notation: 'compact', maximumFractionDigits: 2 } as const
  if (locale === 'ko' && currency === 'KRW') return minor.toLocaleString('ko-KR', brief)
  return formatMoney(minor, currency, locale === 'ko' ? 'ko-KR' : 'en', brief)
}

/** Lowest to highest price, once when they are the same. */
export function tellMoneyRange(lowMinor: number, highMinor: number, currency: Currency): string {
  const low = tellMoney(lowMinor, currency)
  return lowMinor === highMinor ? low : `${low} – ${tellMoney(highMinor, currency)}`
}

/** A count with its thousands apart. */
export function tellCount(count: number): string {
  return count.toLocaleString(currentLocale() === 'ko' ? 'ko-KR' : 'en')
}
