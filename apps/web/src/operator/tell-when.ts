import { formatInstant } from '../text/instants.ts'
import { currentLocale } from '../text/locale.ts'

/** An instant as it is where the operator sits. */
export function tellWhen(atMs: number): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return formatInstant(atMs, { locale: currentLocale(), timeZone })
}
