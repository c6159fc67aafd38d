import { m } from '../paraglide/messages.js'
import { tellCount } from '../text/money.ts'

const thresholds = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 10_000, 50_000, 100_000]

/** Tells a screen reader how near the turn is, at thresholds only: a number a second would drown everything else. */
export function PlaceAnnouncer({ ahead, isTurn }: { ahead: number | null; isTurn: boolean }) {
  const threshold = ahead === null ? undefined : thresholds.find((each) => ahead <= each)
  return (
    <div aria-live={isTurn ? 'assertive' : 'polite'} className="sr-only">
      {isTurn ? m.turn_title() : threshold !== undefined && m.at_most_ahead({ count: tellCount(threshold) })}
    </div>
  )
}
