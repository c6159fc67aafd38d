import { formatInstant, formatSecond, type Zone } from '../text/instants.ts'
import { currentLocale } from '../text/locale.ts'

/** An instant as it is where the operator sits. */
export function tellWhen(atMs: number): string {
  return formatInstant(atMs, here())
}

/** The same to the second, for what happens several times a minute. */
export function tellSecond(atMs: number): string {
  return formatSecond(atMs, here())
}

function here(): Zone {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return { locale: currentLocale(), timeZone }
}
