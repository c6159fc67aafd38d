import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { startSlowLoop } from './frame-loop.ts'
import type { SeatBoard } from './seat-board.ts'
import type { SeatMapRenderer } from './seat-map-renderer.ts'
import { fitBox, seenBox, toPlan } from './view.ts'

/** Smaller on a phone, where it covers more of the seats. */
const sidePx = { narrow: 92, wide: 128 }
/** What it shows changes slowly; drawing it with each seat would cost more than it tells. */
const redrawMs = 800

/** The whole plan, small, with a frame around what is seen, once one has come closer. Dragging in it moves the map. */
export function Minimap({ renderer, board }: { renderer: SeatMapRenderer; board: SeatBoard }) {
  const canvasRef = useRef<HTMLCanvasElement>(null)
  const frameRef = useRef<HTMLDivElement>(null)
  const [isShown, setShown] = useState(false)
  const { minX, minY, maxX, maxY } = renderer.planBox
  const width = renderer.size().width < 560 ? sidePx.narrow : sidePx.wide
  const height = Math.round(Math.min(width, (width * (maxY - minY)) / (maxX - minX)))
  const size = { width, height }
  const view = fitBox(renderer.planBox, size, 6)

  useEffect(() => {
    const follow = (): void => {
      const { camera } = renderer
      setShown(camera.view().k > camera.overview().k * 1.3)
      const frame = frameRef.current
      if (frame === null) return
      const seen = seenBox(camera.view(), renderer.size())
      const small = fitBox(renderer.planBox, { width, height }, 6)
      const left = Math.max(0, seen.minX * small.k + small.x)
      const top = Math.max(0, seen.minY * small.k + small.y)
      frame.style.translate = `${left}px ${top}px`
      frame.style.width = `${Math.max(4, Math.min(width, seen.maxX * small.k + small.x) - left)}px`
      frame.style.height = `${Math.max(4, Math.min(height, seen.maxY * small.k + small.y) - top)}px`
    }
    follow()
    return renderer.onView(follow)
  }, [renderer, width, height, isShown])

  useEffect(() => {
    const canvas = canvasRef.current
    const pen = canvas?.getContext('2d')
    if (!isShown || canvas === null || pen === null || pen === undefined) return
    const ratio = Math.min(devicePixelRatio, 3)
    canvas.width = width * ratio
    canvas.height = height * ratio
    const paint = (): void => {
      pen.clearRect(0, 0, canvas.width, canvas.height)
      renderer.paintMiniature(pen, fitBox(renderer.planBox, { width, height }, 6), { width, height })
    }
    paint()
    const loop = startSlowLoop(paint, redrawMs)
    const stopNews = board.onNews(loop.request)
    return () => {
      stopNews()
      loop.stop()
    }
  }, [renderer, board, isShown, width, height])

  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons === 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const corner = event.currentTarget.getBoundingClientRect()
    renderer.camera.centreOn(toPlan(view, { x: event.clientX - corner.left, y: event.clientY - corner.top }))
  }
  if (!isShown) return null
  return (
    <div
      aria-hidden="true"
      onPointerDown={drag}
      onPointerMove={drag}
      className="absolute bottom-3 left-3 touch-none overflow-hidden rounded-control border border-rule bg-surface/92 shadow-panel"
      style={size}
    >
      <canvas ref={canvasRef} className="absolute inset-0 size-full" />
      <div
        ref={frameRef}
        className="absolute top-0 left-0 rounded-[3px] border-[1.5px] border-ink shadow-[0_0_0_999px_color-mix(in_oklch,var(--surface)_55%,transparent)]"
      />
    </div>
  )
}
