import { readSeatStatus } from '@greenroom/client'
import type { SeatId, SeatStatus } from '@greenroom/contract'
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { SeatFeed } from '../seat-map/index.ts'

const shakeMs = 700
const empty: ReadonlySet<SeatId> = new Set()

/** A picked seat that somebody else was faster at, and what it was then. */
export type LostSeat = { readonly seatId: SeatId; readonly status: SeatStatus }

/**
 * The seats a fan has picked but not yet holds. A picked seat that somebody else takes leaves the selection, shakes and
 * is named in `lost`; all others stay. Seats that turn out to be the fan's own, held here or on another device, leave it
 * without a word. While an own hold is under way nothing counts as lost: its reply says.
 */
export function useSelection(feed: SeatFeed, mine: ReadonlySet<SeatId>) {
  const [selection, setSelection] = useState(empty)
  const [shaking, setShaking] = useState(empty)
  const [lost, setLost] = useState<readonly LostSeat[]>([])
  /** As it is now, not as it was last rendered: news of an own hold may come before the next rendering. */
  const current = useRef(empty)
  const holdsUnderWay = useRef(0)
  const shakeTimer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const select = useCallback((next: readonly SeatId[]) => {
    current.current = new Set(next)
    setSelection(current.current)
  }, [])
  const shake = useCallback((seatIds: readonly SeatId[]) => {
    clearTimeout(shakeTimer.current)
    setShaking(new Set(seatIds))
    shakeTimer.current = setTimeout(() => setShaking(empty), shakeMs)
  }, [])
  const lose = useCallback(
    (seats: readonly LostSeat[]) => {
      if (seats.length === 0) return
      const gone = new Set(seats.map(({ seatId }) => seatId))
      // an offered seat that was never picked is not lost: what was picked and lost stays the number to make up for
      const wished = seats.filter(({ seatId }) => current.current.has(seatId))
      select([...current.current].filter((seatId) => !gone.has(seatId)))
      setLost((before) => [...before.filter(({ seatId }) => !gone.has(seatId)), ...wished])
      shake([...gone])
    },
    [select, shake],
  )
  const checkAgain = useEffectEvent(() => {
    const seats = feed.state()
    if (seats === undefined || holdsUnderWay.current > 0) return
    lose(
      [...current.current]
        .filter((seatId) => !mine.has(seatId))
        .map((seatId) => ({ seatId, status: readSeatStatus(seats, seatId) ?? 'blocked' }))
        .filter(({ status }) => status !== 'available'),
    )
  })

  useEffect(() => feed.subscribe(checkAgain), [feed])
  const [picked, missed] = useMemo(
    () => [
      new Set([...selection].filter((seatId) => !mine.has(seatId))),
      lost.filter(({ seatId }) => !mine.has(seatId)),
    ],
    [selection, lost, mine],
  )

  return {
    selection: picked,
    shaking,
    lost: missed,
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
    beginHolding: () => {
      holdsUnderWay.current += 1
    },
    endHolding: () => {
      holdsUnderWay.current -= 1
    },
  }
}
