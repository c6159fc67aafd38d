import { readSeatStatus } from '@greenroom/client'
import type { SeatId, SeatStatus } from '@greenroom/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { SeatFeed } from '../seat-map/index.ts'

const shakeMs = 700
const empty: ReadonlySet<SeatId> = new Set()

/** A picked seat that somebody else was faster at, and what it was then. */
export type LostSeat = { readonly seatId: SeatId; readonly status: SeatStatus }

/**
 * The seats a fan has picked but not yet holds. A picked seat that somebody else takes leaves the selection, shakes and
 * is named in `lost`; all others stay. While an own hold is under way nothing counts as lost: its reply says.
 */
export function useSelection(feed: SeatFeed) {
  const [selection, setSelection] = useState(empty)
  const [shaking, setShaking] = useState(empty)
  const [lost, setLost] = useState<readonly LostSeat[]>([])
  /** As it is now, not as it was last rendered: news of an own hold may come before the next rendering. */
  const current = useRef(empty)
  const isHolding = useRef(false)

  const select = useCallback((next: readonly SeatId[]) => {
    current.current = new Set(next)
    setSelection(current.current)
  }, [])
  const shake = useCallback((seatIds: readonly SeatId[]) => {
    setShaking(new Set(seatIds))
    setTimeout(() => setShaking(empty), shakeMs)
  }, [])
  const lose = useCallback(
    (seats: readonly LostSeat[]) => {
      if (seats.length === 0) return
      const gone = new Set(seats.map(({ seatId }) => seatId))
      select([...current.current].filter((seatId) => !gone.has(seatId)))
      setLost((before) => [...before.filter(({ seatId }) => !gone.has(seatId)), ...seats])
      shake([...gone])
    },
    [select, shake],
  )
  const checkAgain = useCallback(() => {
    const seats = feed.state()
    if (seats === undefined || isHolding.current) return
    lose(
      [...current.current]
        .map((seatId) => ({ seatId, status: readSeatStatus(seats, seatId) ?? 'blocked' }))
        .filter(({ status }) => status !== 'available'),
    )
  }, [feed, lose])

  useEffect(() => feed.subscribe(checkAgain), [feed, checkAgain])

  return {
    selection,
    shaking,
    lost,
    shake,
    lose,
    forgetLost: () => setLost([]),
    clear: () => select([]),
    add: (seatIds: readonly SeatId[]) => {
      setLost([])
      select([...current.current, ...seatIds])
    },
    remove: (seatIds: readonly SeatId[]) =>
      select([...current.current].filter((each) => !seatIds.includes(each))),
    /** Brackets an own hold: between the two, taken seats may be our own. */
    setHolding: (holding: boolean) => {
      isHolding.current = holding
    },
  }
}
