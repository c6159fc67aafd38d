import { m } from '../paraglide/messages.js'
import { formatTime } from '../text/instants.ts'
import { currentLocale } from '../text/locale.ts'

/** Until when a turn could be taken that was not, by the clock on the fan's wall. */
export function tellMissedTurn(missedAtMs: number): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return m.turn_missed_text({ time: formatTime(missedAtMs, { locale: currentLocale(), timeZone }) })
}
