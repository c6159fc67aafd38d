import type { ScanVerdict, ShowId } from '@greenroom/contract'
import { useEffect, useState } from 'react'
import { greenroom } from '../../data/api.ts'
import { mayPass } from '../../data/wire-error.ts'
import { forgetScan, type KeptScan, readKeptScans } from './kept-scans.ts'

/** What was let in without a connection and turned out not to be good. */
export type LateVerdict = { scan: KeptScan; verdict: ScanVerdict['verdict'] }

const tryAgainMs = 3_000
/** The newest that the page tells of. */
const mostLate = 50

/**
 * Tells the server what this device let in while there was no connection, one after another under the keys they were kept
 * with, as soon as it answers again. What was not good is handed on, for somebody to look into.
 */
export function useKeptScans(
  showId: ShowId,
  onConnected: () => void,
): { count: number; late: readonly LateVerdict[] } {
  const [count, setCount] = useState(() => readKeptScans(localStorage).length)
  const [late, setLate] = useState<readonly LateVerdict[]>([])
  useEffect(() => {
    let isTelling = false
    const tell = async (): Promise<void> => {
      const kept = readKeptScans(localStorage)
      setCount(kept.length)
      if (isTelling || kept.length === 0) return
      isTelling = true
      try {
        for (const scan of kept) {
          const wish = { showId: scan.showId, code: scan.code, idempotencyKey: scan.key }
          const { verdict } = await greenroom.api.boxOffice.scan.mutate(wish)
          forgetScan(localStorage, scan.key)
          setCount(readKeptScans(localStorage).length)
          onConnected()
          if (verdict !== 'admitted') setLate((all) => [{ scan, verdict }, ...all].slice(0, mostLate))
        }
      } catch (error) {
        // no connection yet: asked again in a moment. Any other refusal stays kept, and is seen in the count
        if (!mayPass(error)) throw error
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
  return { count, late }
}
