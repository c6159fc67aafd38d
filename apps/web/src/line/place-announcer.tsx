import type { LinePhase } from '@greenroom/contract'
import { m } from '../paraglide/messages.js'
import { tellCount } from '../text/money.ts'
import { tellStandstill } from './phase-line.tsx'

const thresholds = [1, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 10_000, 50_000, 100_000]

/**
 * Tells a screen reader how near the turn is, at thresholds only, and when the line stands still: a number a second would
 * drown everything else.
 */
export function PlaceAnnouncer(props: {
  ahead: number | null
  isTurn: boolean
  phase: LinePhase | undefined
}) {
  const { ahead, isTurn, phase } = props
  const threshold = ahead === null ? undefined : thresholds.find((each) => ahead <= each)
  const place = threshold === undefined ? '' : m.at_most_ahead({ count: tellCount(threshold) })
  return (
    <div aria-live={isTurn ? 'assertive' : 'polite'} className="sr-only">
      {isTurn ? m.turn_title() : (tellStandstill(phase) ?? place)}
    </div>
  )
}
