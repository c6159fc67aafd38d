import { serverClock } from '../clock/server-clock.ts'
import { m } from '../paraglide/messages.js'
import { formatRecent } from '../text/instants.ts'
import { currentLocale } from '../text/locale.ts'

/** Until when a turn could be taken that was not, by the clock on the fan's wall. */
export function tellMissedTurn(missedAtMs: number): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  const zone = { locale: currentLocale(), timeZone }
  return m.turn_missed_text({ time: formatRecent(missedAtMs, serverClock.nowMs(), zone) })
}
