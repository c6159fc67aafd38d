import { useEffect, useRef } from 'react'
import { m } from '../paraglide/messages.js'
import { type Alerts, callFan, endCall } from './turn-alerts.ts'

/** Calls the fan once when their turn comes while the page is open, in the ways they asked for. */
export function useTurnCall(isTurn: boolean, alerts: Alerts): void {
  const called = useRef(false)
  useEffect(() => {
    if (isTurn === called.current) return
    called.current = isTurn
    const path = location.pathname
    if (isTurn) callFan(alerts, { title: m.turn_title(), text: m.turn_text(), path })
    else void endCall(path)
  }, [isTurn, alerts])
}
