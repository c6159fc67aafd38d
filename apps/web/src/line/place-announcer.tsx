import type { LinePhase } from '@greenroom/contract'
import { m } from '../paraglide/messages.js'
import { tellCount } from '../text/money.ts'

const thresholds = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 10_000, 50_000, 100_000]

/**
 * Tells a screen reader how near the turn is, at thresholds only: a number a second would drown everything else. And when
 * there is nothing to wait for any more.
 */
export function PlaceAnnouncer(props: {
  ahead: number | null
  isTurn: boolean
  phase: LinePhase | undefined
}) {
  return (
    <div aria-live={props.isTurn ? 'assertive' : 'polite'} className="sr-only">
      {whatIsNew(props)}
    </div>
  )
}

function whatIsNew({ ahead, isTurn, phase }: Parameters<typeof PlaceAnnouncer>[0]): string {
  if (isTurn) return m.turn_title()
  if (phase === 'closed') return m.line_closed()
  const threshold = ahead === null ? undefined : thresholds.find((each) => ahead <= each)
  return threshold === undefined ? '' : m.at_most_ahead({ count: tellCount(threshold) })
}
