import { useEffect, useState } from 'react'
import { serverClock } from './server-clock.ts'

/** The server's time, told again each `everyMs`. A hidden tab is throttled by the browser and catches up by itself. */
export function useServerNow(everyMs = 1_000): number {
  const [nowMs, setNowMs] = useState(() => serverClock.nowMs())
  useEffect(() => {
    const tick = (): void => setNowMs(serverClock.nowMs())
    tick()
    const timer = setInterval(tick, everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs
}
