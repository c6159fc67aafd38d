import type { SeatGeometry } from '@greenroom/contract'
import { useEffect, useMemo } from 'react'
import { createSeatBoard } from './seat-board.ts'
import type { SeatFeed } from './seat-feed.ts'

/** One show's seats as a component draws them; a new board when plan or feed are others. */
export function useSeatBoard(geometry: SeatGeometry, feed: SeatFeed) {
  const board = useMemo(() => createSeatBoard(geometry, feed), [geometry, feed])
  useEffect(() => board.open(), [board])
  return board
}
