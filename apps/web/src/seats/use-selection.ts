import { readSeatStatus } from '@greenroom/client'
import type { SeatId } from '@greenroom/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { SeatFeed } from '../seat-map/index.ts'

const shakeMs = 700
const empty: ReadonlySet<SeatId> = new Set()

/**
 * The seats a fan has picked but not yet holds. A picked seat that somebody else takes leaves the selection, shakes and
 * is named in `lost`; all others stay. While an own hold is under way nothing counts as lost: its reply says.
 */
export function useSelection(feed: SeatFeed) {
  const [selection, setSelection] = useState(empty)
  const [shaking, setShaking] = useState(empty)
  const [lost, setLost] = useState(empty)
  const isHolding = useRef(false)

  const shake = useCallback((seatIds: readonly SeatId[]) => {
    setShaking(new Set(seatIds))
    setTimeout(() => setShaking(empty), shakeMs)
  }, [])
  const lose = useCallback(
    (seatIds: readonly SeatId[]) => {
      if (seatIds.length === 0) return
      setSelection((before) => new Set([...before].filter((seatId) => !seatIds.includes(seatId))))
      setLost((before) => new Set([...before, ...seatIds]))
      shake(seatIds)
    },
    [shake],
  )
  const checkAgain = useCallback(() => {
    const seats = feed.state()
    if (seats === undefined || isHolding.current) return
    lose([...selection].filter((seatId) => readSeatStatus(seats, seatId) !== 'available'))
  }, [feed, selection, lose])

  useEffect(() => feed.subscribe(checkAgain), [feed, checkAgain])

  return {
    selection,
    shaking,
    lost,
    shake,
    lose,
    forgetLost: () => setLost(empty),
    clear: () => setSelection(empty),
    add: (seatId: SeatId) => {
      setLost(empty)
      setSelection((before) => new Set([...before, seatId]))
    },
    remove: (seatId: SeatId) =>
      setSelection((before) => new Set([...before].filter((each) => each !== seatId))),
    /** Brackets an own hold: between the two, taken seats may be our own. */
    setHolding: (holding: boolean) => {
      isHolding.current = holding
    },
  }
}
