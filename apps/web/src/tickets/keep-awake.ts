import { useEffect } from 'react'

/** While a code is held out to a gate the screen does not go dark; where that cannot be had, it does as always. */
export function useKeptAwake(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return
    let isOver = false
    let lock: WakeLockSentinel | undefined
    const keep = async (): Promise<void> => {
      // a hidden page may not ask, and loses what it had
      if (document.visibilityState !== 'visible') return
      const granted = await navigator.wakeLock.request('screen')
      if (isOver) await granted.release()
      else lock = granted
    }
    // refused to save the battery: nothing to tell
    const tryKeep = (): void => void keep().catch(() => undefined)
    tryKeep()
    document.addEventListener('visibilitychange', tryKeep)
    return () => {
      isOver = true
      document.removeEventListener('visibilitychange', tryKeep)
      void lock?.release()
    }
  }, [])
}
