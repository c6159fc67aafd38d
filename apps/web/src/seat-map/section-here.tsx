import { useEffect, useState } from 'react'
import { startFrameLoop } from './frame-loop.ts'
import type { SeatBoard } from './seat-board.ts'
import type { SeatMapLabels } from './seat-map-labels.ts'
import type { SeatMapRenderer } from './seat-map-renderer.ts'
import { toPlan } from './view.ts'

/** Which section one is in, once its name is no longer on the map, and how many seats are left there. */
export function SectionHere({
  renderer,
  board,
  labels,
}: {
  renderer: SeatMapRenderer
  board: SeatBoard
  labels: SeatMapLabels
}) {
  const [section, setSection] = useState<number>()
  const [left, setLeft] = useState(0)
  useEffect(() => {
    const look = (): void => {
      const { width, height } = renderer.size()
      const middle = toPlan(renderer.camera.view(), { x: width / 2, y: height / 2 })
      setSection(renderer.areNamesHidden() ? renderer.sectionAt(middle) : undefined)
    }
    look()
    return renderer.onView(look)
  }, [renderer])
  useEffect(() => {
    if (section === undefined) return
    // the map's frame, which was asked for first, has made the board catch up
    const loop = startFrameLoop(() => {
      setLeft(board.stock.countSection(section))
      return false
    })
    loop.request()
    const stopNews = board.onNews(loop.request)
    return () => {
      stopNews()
      loop.stop()
    }
  }, [board, section])
  const name = section === undefined ? '' : renderer.plan.geometry.sections[section]?.name
  if (name === '' || name === undefined) return null
  return (
    <p
      aria-hidden="true"
      className="pointer-events-none absolute top-3 left-3 rounded-full border border-rule bg-surface/92 px-3.5 py-1 text-sm shadow-panel"
    >
      <span className="font-semibold text-ink">{name}</span>
      {board.isKnown() && (
        <span className="ml-2 text-soft">{left === 0 ? labels.soldOut : labels.left(left)}</span>
      )}
    </p>
  )
}
