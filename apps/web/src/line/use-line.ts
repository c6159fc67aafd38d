import type { ConcertId, Entry, LineStatus, QueueProgress, WireError } from '@greenroom/contract'
import type { LineClient, LineWatch, LiveState } from '@greenroom/client'
import { useEffect, useRef, useState } from 'react'
import { serverClock } from '../clock/server-clock.ts'
import { onWake } from '../data/on-wake.ts'

/** The line and the own entry as they are now; fields are `undefined` until the first answer. */
export type LineView = {
  entry: Entry | undefined
  progress: QueueProgress | undefined
  status: LineStatus | undefined
  /** Fans ahead; `null` when not waiting or not drawn yet. Never rises while waiting. */
  ahead: number | null
  live: LiveState | undefined
  /** Set when the server refused for good: nothing is followed any more. */
  refusal: WireError | undefined
}

const unknown: LineView = {
  entry: undefined,
  progress: undefined,
  status: undefined,
  ahead: null,
  live: undefined,
  refusal: undefined,
}

/** Follows one concert's line for the life of the component; a page that slept asks at once when it wakes. */
export function useLine(
  watchLine: LineClient['watchLine'],
  concertId: ConcertId,
): LineView & { refresh: () => void } {
  const [view, setView] = useState(unknown)
  const watch = useRef<LineWatch>(undefined)
  useEffect(() => {
    const take = (news: Partial<LineView>): void => setView((before) => ({ ...before, ...news }))
    const following = watchLine(concertId, {
      onProgress: (progress) => {
        serverClock.observe(progress.asOfMs)
        take({ progress })
      },
      onEntry: (entry) => {
        if (entry.state !== 'none') serverClock.observe(entry.asOfMs)
        take({ entry })
      },
      onPlace: (ahead) => take({ ahead }),
      onStatus: (status) => take({ status }),
      onState: (live) => take({ live }),
      onRefused: (refusal) => take({ refusal }),
    })
    watch.current = following
    const endWake = onWake(following.refresh)
    return () => {
      endWake()
      following.stop()
      watch.current = undefined
    }
  }, [watchLine, concertId])
  return { ...view, refresh: () => watch.current?.refresh() }
}
