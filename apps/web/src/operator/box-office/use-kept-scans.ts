import type { ShowId } from '@greenroom/contract'
import { useEffect, useState } from 'react'
import type { GateMeans } from './judge-code.ts'
import { dismissLateScans, type LateScan, readKeptScans, readLateScans } from './kept-scans.ts'
import { tellKeptScans } from './tell-kept-scans.ts'

const tryAgainMs = 3_000

/** How many are to be told, and what was not good, the newest first. */
type Kept = { count: number; late: readonly LateScan[] }

/**
 * Tells the server what this device let in while there was no connection, one after another under the keys they were kept
 * with, as soon as it answers again. What was not good stays on the device, for somebody to look into, until it is dismissed.
 */
export function useKeptScans(
  { ask, showId }: { ask: GateMeans['ask']; showId: ShowId },
  onConnected: () => void,
): Kept & { dismiss: () => void } {
  const [kept, setKept] = useState(readKept)
  useEffect(() => {
    let isTelling = false
    const tell = async (): Promise<void> => {
      setKept(readKept())
      if (isTelling) return
      isTelling = true
      try {
        await tellKeptScans({ ask, store: localStorage }, () => {
          setKept(readKept())
          onConnected()
        })
      } finally {
        isTelling = false
      }
    }
    const timer = setInterval(() => void tell(), tryAgainMs)
    void tell()
    return () => clearInterval(timer)
    // one gate at a time: its show changes with the page's key
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `onConnected` is made anew each time and does the same
  }, [showId])
  const dismiss = (): void => {
    // those that were seen: one that comes meanwhile stays
    dismissLateScans(
      localStorage,
      kept.late.map(({ key }) => key),
    )
    setKept(readKept())
  }
  return { ...kept, dismiss }
}

function readKept(): Kept {
  return { count: readKeptScans(localStorage).length, late: readLateScans(localStorage).toReversed() }
}
