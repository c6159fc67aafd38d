import { createSeatBitmap, type SeatBitmap } from './seat-bitmap.ts'
import type { Scene } from './scene.ts'
import { type Box, isBoxInside, seenBox, type Size, type View } from './view.ts'

/**
 * The seats on the screen. Two pictures of what is seen and a little more are kept: the one that is shown, moved and
 * scaled along with the map, and the next one, drawn in slices so that no frame takes long. A third, of the whole plan, coarse,
 * fills in where a fast movement has left the first behind. Work per frame is bounded; 90,000 seats only take more frames.
 */
export type SeatLayer = {
  /** Starts over: the scene looks different now. */
  readonly refresh: (scene: Scene) => void
  readonly repaint: (ordinals: readonly number[]) => void
  /** Spends at most `budgetMs`, and says whether there is more to do. */
  readonly work: (frame: LayerFrame, pace: { budgetMs: number; isMoving: boolean }) => boolean
  readonly draw: (pen: CanvasRenderingContext2D, frame: LayerFrame) => void
  /** Whether the seats on the screen are the latest scene's. */
  readonly isCurrent: () => boolean
  /** Nothing is drawn with it afterwards. */
  readonly release: () => void
}

type LayerFrame = { view: View; size: Size; ratio: number; withNumbers: boolean }

/** Drawn beyond each edge of the screen, as a part of its size: room to pan before the next picture is needed. */
const margin = 0.2
/** While the map zooms, a picture this much too large or too small will do. */
const goodEnough = 1.5
/** The whole plan is at most this wide and high in memory: 16 MB. */
const maxOverviewPx = 2048

export function createSeatLayer(first: Scene): SeatLayer {
  const overview = createSeatBitmap()
  let front = createSeatBitmap()
  let back = createSeatBitmap()
  let scene = first
  let isStale = true
  let isOverviewStale = true
  let isBackBusy = false
  /** The last picture took one frame only: small plans are drawn sharp even while they move. */
  let isCheap = false

  const isWanted = ({ view, size, ratio }: LayerFrame, isMoving: boolean): boolean => {
    if (isStale) return true
    const zoomed = (view.k * ratio) / front.view().k
    const isSharp = zoomed === 1 || (isMoving && !isCheap && zoomed > 1 / goodEnough && zoomed < goodEnough)
    const air = Math.min(size.width, size.height) * (isMoving ? 0 : margin / 3)
    return !isSharp || !isBoxInside(seenBox(view, size, air), front.box())
  }

  return {
    release: () => {
      for (const bitmap of [overview, front, back]) bitmap.release()
    },
    isCurrent: () => !isStale && front.isDone() && !isBackBusy,
    refresh: (next) => {
      scene = next
      isStale = true
      isOverviewStale = true
      isBackBusy = false
    },
    repaint: (ordinals) => {
      overview.repaint(ordinals)
      front.repaint(ordinals)
      if (isBackBusy) back.repaint(ordinals)
    },
    work: (frame, { budgetMs, isMoving }) => {
      const deadlineMs = performance.now() + budgetMs
      if (!isBackBusy && isWanted(frame, isMoving)) {
        back.start(scene, aroundScreen(frame))
        isStale = false
        isBackBusy = true
        isCheap = true
      }
      if (isBackBusy) back.work(deadlineMs)
      isCheap &&= !isBackBusy || back.isDone()
      if (isBackBusy && back.isDone()) {
        ;[front, back] = [back, front]
        isBackBusy = false
      }
      if (isOverviewStale && !isBackBusy) {
        overview.start(scene, wholePlan(scene, frame.ratio))
        isOverviewStale = false
      }
      if (!isBackBusy && !overview.isDone() && performance.now() < deadlineMs) overview.work(deadlineMs)
      return isBackBusy || !overview.isDone() || isWanted(frame, false)
    },
    draw: (pen, frame) => {
      const isCovered = isBoxInside(seenBox(frame.view, frame.size), front.box())
      const isBlurred = front.view().k * 1.5 < Math.min(overview.view().k, frame.view.k * frame.ratio)
      if (isBlurred && overview.isDone()) drawBitmap(pen, overview, frame)
      else {
        if (!isCovered) drawBitmap(pen, overview, frame, front.box())
        drawBitmap(pen, front, frame)
      }
    },
  }
}

function aroundScreen({ view, size, ratio, withNumbers }: LayerFrame): Parameters<SeatBitmap['start']>[1] {
  const left = Math.round(size.width * ratio * margin)
  const top = Math.round(size.height * ratio * margin)
  return {
    view: { k: view.k * ratio, x: view.x * ratio + left, y: view.y * ratio + top },
    width: Math.round(size.width * ratio) + 2 * left,
    height: Math.round(size.height * ratio) + 2 * top,
    withNumbers,
  }
}

function wholePlan({ planBox, geometry }: Scene, ratio: number): Parameters<SeatBitmap['start']>[1] {
  const width = planBox.maxX - planBox.minX
  const height = planBox.maxY - planBox.minY
  // beyond 10 pixels a seat more detail would not be seen in motion
  const k = Math.min(maxOverviewPx / Math.max(width, height), (10 * ratio) / geometry.seatPitch)
  return {
    view: { k, x: -planBox.minX * k, y: -planBox.minY * k },
    width: Math.ceil(width * k),
    height: Math.ceil(height * k),
    withNumbers: false,
  }
}

/** `without` leaves that part of the plan out: another picture goes there. */
function drawBitmap(
  pen: CanvasRenderingContext2D,
  bitmap: SeatBitmap,
  { view, ratio, size }: LayerFrame,
  without?: Box,
): void {
  const from = bitmap.view()
  const scale = (view.k * ratio) / from.k
  let x = view.x * ratio - from.x * scale
  let y = view.y * ratio - from.y * scale
  if (scale === 1) {
    x = Math.round(x)
    y = Math.round(y)
  }
  pen.save()
  if (without !== undefined && without.maxX > without.minX) {
    pen.beginPath()
    pen.rect(0, 0, size.width * ratio, size.height * ratio)
    pen.rect(
      (without.minX * view.k + view.x) * ratio,
      (without.minY * view.k + view.y) * ratio,
      (without.maxX - without.minX) * view.k * ratio,
      (without.maxY - without.minY) * view.k * ratio,
    )
    pen.clip('evenodd')
  }
  pen.imageSmoothingQuality = 'low'
  pen.drawImage(bitmap.canvas, x, y, bitmap.canvas.width * scale, bitmap.canvas.height * scale)
  pen.restore()
}
