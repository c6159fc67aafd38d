import type { ConcertId } from '@greenroom/contract'
import { useEffect, useRef } from 'react'
import { m } from '../paraglide/messages.js'
import { type Alerts, callFan } from './turn-alerts.ts'

/** Calls the fan once when their turn comes while the page is open, in the ways they asked for. */
export function useTurnCall(isTurn: boolean, concertId: ConcertId, alerts: Alerts): void {
  const called = useRef(false)
  useEffect(() => {
    if (isTurn && !called.current) {
      callFan(alerts, { title: m.turn_title(), text: m.turn_text(), tag: `greenroom-turn-${concertId}` })
    }
    called.current = isTurn
  }, [isTurn, concertId, alerts])
}
