import type { LiveState } from '@greenroom/client'
import type { ShowId, WireError } from '@greenroom/contract'
import { useEffect, useState } from 'react'
import { greenroom } from '../data/api.ts'
import { onWake } from '../data/on-wake.ts'
import { createSeatFeed, type SeatFeed } from '../seat-map/index.ts'

/**
 * Follows a show's seats while the page is shown and a pass is at hand (`null`: an operator, who looks without one). One show for
 * the life of the component.
 */
export function useSeats(
  showId: ShowId,
  pass: string | null | undefined,
): { feed: SeatFeed; live: LiveState | undefined; refusal: WireError | undefined } {
  const [feed] = useState(createSeatFeed)
  const [live, setLive] = useState<LiveState>()
  const [refused, setRefused] = useState<{ pass: string | null; refusal: WireError }>()
  useEffect(() => {
    if (pass === undefined) return
    const watch = greenroom.live.watchShow(showId, pass ?? undefined, {
      onSnapshot: feed.showSnapshot,
      onFrame: feed.showChanges,
      onState: setLive,
      onRefused: (refusal) => setRefused({ pass, refusal }),
    })
    const endWake = onWake(watch.refresh)
    return () => {
      endWake()
      watch.stop()
    }
  }, [showId, pass, feed])
  return { feed, live, refusal: refused?.pass === pass ? refused?.refusal : undefined }
}
