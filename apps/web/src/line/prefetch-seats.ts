import { useEffect } from 'react'
import { seatsPageFiles } from 'virtual:seats-page-files'
import type { LineView } from './use-line.ts'

/** So near the turn the page behind the door is fetched: early enough to be there, late enough to cost few in vain. */
const nearlyThere = 50

/** The place may be near, given up, and near again: what was fetched is there. */
let isFetched = false

/** Fetches the code of the seats page when the turn is near, so that going in shows seats at once. */
export function usePrefetchedSeats({ entry, ahead }: LineView): void {
  const isNear =
    entry !== undefined &&
    entry.state !== 'none' &&
    (ahead === null ? entry.state !== 'waiting' : ahead < nearlyThere)
  useEffect(() => {
    if (!isNear || isFetched) return
    isFetched = true
    for (const href of seatsPageFiles) {
      document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href }))
    }
  }, [isNear])
}
