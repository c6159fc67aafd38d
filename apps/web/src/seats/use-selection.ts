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
  const isHolding = useRef(false)

  const shake = useCallback((seatIds: readonly SeatId[]) => {
    setShaking(new Set(seatIds))
    setTimeout(() => setShaking(empty), shakeMs)
  }, [])
  const lose = useCallback(
    (seats: readonly LostSeat[]) => {
      if (seats.length === 0) return
      const gone = new Set(seats.map(({ seatId }) => seatId))
      setSelection((before) => new Set([...before].filter((seatId) => !gone.has(seatId))))
      setLost((before) => [...before.filter(({ seatId }) => !gone.has(seatId)), ...seats])
      shake([...gone])
    },
    [shake],
  )
  const checkAgain = useCallback(() => {
    const seats = feed.state()
    if (seats === undefined || isHolding.current) return
    lose(
      [...selection]
        .map((seatId) => ({ seatId, status: readSeatStatus(seats, seatId) ?? 'blocked' }))
        .filter(({ status }) => status !== 'available'),
    )
  }, [feed, selection, lose])

  useEffect(() => feed.subscribe(checkAgain), [feed, checkAgain])

  return {
    selection,
    shaking,
    lost,
    shake,
    lose,
    forgetLost: () => setLost([]),
    clear: () => setSelection(empty),
    add: (seatIds: readonly SeatId[]) => {
      setLost([])
      setSelection((before) => new Set([...before, ...seatIds]))
    },
    remove: (seatIds: readonly SeatId[]) =>
      setSelection((before) => new Set([...before].filter((each) => !seatIds.includes(each)))),
    /** Brackets an own hold: between the two, taken seats may be our own. */
    setHolding: (holding: boolean) => {
      isHolding.current = holding
    },
  }
}
