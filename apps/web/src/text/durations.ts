import type { Locale } from '@greenroom/contract'

/** A countdown's digits: `4:09`, `1:02:03`. Never negative; a started second is told as whole, so `0:00` means over. */
export function formatCountdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  const tail = String(seconds % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`
}

export type Span = { unit: 'seconds' | 'minutes' | 'hours' | 'days'; count: number }

/** A duration in the largest unit that does not lie: 90 s are 2 minutes, 36 h are 2 days. At least one second. */
export function roundSpan(ms: number): Span {
  const seconds = Math.max(1, Math.round(ms / 1000))
  if (seconds < 60) return { unit: 'seconds', count: seconds }
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return { unit: 'minutes', count: minutes }
  const hours = Math.round(minutes / 60)
  if (hours < 24) return { unit: 'hours', count: hours }
  return { unit: 'days', count: Math.round(hours / 24) }
}

/** From one duration to another in as few words as a reader needs: `1–5 minutes`, `1~5분`; `50 seconds – 2 minutes`. */
export function formatSpanRange(low: Span, high: Span, locale: Locale): string {
  const style = (unit: Span['unit']): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: unit.slice(0, -1), unitDisplay: 'long' })
  if (low.unit === high.unit) return style(high.unit).formatRange(low.count, high.count)
  const between = locale === 'ko' ? '~' : ' – '
  return `${style(low.unit).format(low.count)}${between}${style(high.unit).format(high.count)}`
}
