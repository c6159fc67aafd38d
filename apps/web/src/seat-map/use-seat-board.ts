import type { SeatGeometry } from '@greenroom/contract'
import { useEffect, useMemo, useState } from 'react'
import { startFrameLoop } from './frame-loop.ts'
import { createSeatBoard, type SeatBoard } from './seat-board.ts'
import type { SeatFeed } from './seat-feed.ts'

/** One show's seats as a component draws them; a new board when plan or feed are others. */
export function useSeatBoard(geometry: SeatGeometry, feed: SeatFeed): SeatBoard {
  const board = useMemo(() => createSeatBoard(geometry, feed), [geometry, feed])
  useEffect(() => board.open(), [board])
  return board
}

/** Renders again, at most once an animation frame, when seats have changed; answers the board, caught up. */
export function useLiveBoard(geometry: SeatGeometry, feed: SeatFeed): SeatBoard {
  const board = useSeatBoard(geometry, feed)
  const [, setVersion] = useState(0)
  useEffect(() => {
    const loop = startFrameLoop(() => {
      board.catchUp()
      setVersion((before) => before + 1)
      return false
    })
    loop.request()
    const stopNews = board.onNews(loop.request)
    return () => {
      stopNews()
      loop.stop()
    }
  }, [board])
  return board
}
