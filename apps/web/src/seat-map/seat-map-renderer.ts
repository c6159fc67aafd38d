import type { SeatGeometry } from '@greenroom/contract'
import { createCamera } from './camera.ts'
import { startFrameLoop } from './frame-loop.ts'
import { detailAt, pickingPitchPx } from './level-of-detail.ts'
import { paintMarks } from './paint-marks.ts'
import { paintPlan } from './paint-plan.ts'
import { paintRowLabels } from './paint-row-labels.ts'
import type { Palette } from './palette.ts'
import { findPlanBox, findSection, placeStage, shapeSections } from './plan-shapes.ts'
import { type Scene, seatPoint, seatRadiusOf } from './scene.ts'
import type { SeatBoard } from './seat-board.ts'
import { createSeatEffects } from './seat-effects.ts'
import { createSeatIndex } from './seat-index.ts'
import { createSeatLayer } from './seat-layer.ts'
import { seatPlanOf } from './seat-plan.ts'
import { createSectionLabels, type LabelWords } from './section-labels.ts'
import type { SeatMarks } from './seat-look.ts'
import { sectionOf } from './section-stock.ts'
import {
  boxAround,
  centreOn,
  fitBox,
  growBox,
  isBoxInside,
  type Point,
  seenBox,
  type Size,
  type View,
} from './view.ts'

/** The closest a fan may come: seats as large as a fingertip. */
const closestPitchPx = 58
/** Drawing seats ahead may take this much of a frame; the rest is for the picture itself. */
const seatBudgetMs = 5
/** The first picture is waited for, and nothing moves yet; but a phone is four times slower, and may be pressed already. */
const firstBudgetMs = 9
/** A little less than two frames of 60 a second. */
const glowFrameMs = 30
/** A map that has not moved for so long has come to rest, and is drawn sharp. */
const restMs = 70

/** In the browser's performance timeline, once for each map: live seats are on the screen. */
const seatsVisibleMark = 'greenroom:seats-visible'

export type SeatMapInput = {
  geometry: SeatGeometry
  board: SeatBoard
  palette: Palette
  marks: SeatMarks
  words: LabelWords
  isStill: () => boolean
}

/** The seats a press would pick, or the section one is over. */
type PointedAt = { seats: readonly number[]; section?: number | undefined }

export type SeatMapRenderer = ReturnType<typeof createSeatMapRenderer>

/** Draws one show's seats into a canvas until it is stopped. It knows nothing of the page around it. */
export function createSeatMapRenderer(canvas: HTMLCanvasElement, input: SeatMapInput) {
  const pen = openPen(canvas)
  const { geometry, board } = input
  const shapes = shapeSections(geometry)
  const stage = placeStage(geometry)
  const closestK = closestPitchPx / geometry.seatPitch
  let words = input.words
  let scene: Scene = {
    geometry,
    board,
    index: createSeatIndex(geometry),
    palette: input.palette,
    marks: input.marks,
    planBox: findPlanBox(geometry, stage),
    seatRadius: seatRadiusOf(geometry),
  }
  let size: Size = { width: 0, height: 0 }
  let ratio = 1
  let pointedAt: PointedAt = { seats: [] }
  let focused: number | undefined
  let movedAtMs = Number.NEGATIVE_INFINITY
  let paintedAtMs = Number.NEGATIVE_INFINITY
  /** Something moved or is new. What only glows on is painted at half the rate: nobody sees the difference but the battery. */
  let isDue = true
  let isFirst = true
  let isMarked = false
  const viewListeners = new Set<() => void>()
  const effects = createSeatEffects(input.isStill)
  const layer = createSeatLayer(scene)
  const sectionLabels = createSectionLabels(shapes)

  const draw = (nowMs: number): boolean => {
    if (size.width === 0 || size.height === 0) return false
    if (!isDue && nowMs - paintedAtMs < glowFrameMs) return true
    paintedAtMs = nowMs
    const isFlying = camera.step(nowMs)
    takeNews(nowMs)
    effects.settle(nowMs)
    const view = camera.view()
    const { level } = detailAt(geometry.seatPitch * view.k)
    const frame = { view, size, ratio, withNumbers: level === 'numbers' }
    const budgetMs = isMarked ? seatBudgetMs : firstBudgetMs
    // the plan and its names first, the seats from the next frame on
    const isDrawingSeats = isFirst || layer.work(frame, { budgetMs, isMoving: nowMs - movedAtMs < restMs })
    isFirst = false
    // first of all, with nothing set before it: then the browser need not keep the last picture to draw over
    pen.fillStyle = scene.palette.ground
    pen.fillRect(0, 0, canvas.width, canvas.height)
    paintPlan(
      pen,
      scene,
      { shapes, stage, stageWord: words.labels.stage },
      { ...frame, hoveredSection: pointedAt.section },
    )
    pen.setTransform(1, 0, 0, 1, 0, 0)
    pen.globalAlpha = detailAt(geometry.seatPitch * view.k).seats
    layer.draw(pen, frame)
    pen.globalAlpha = 1
    if (level === 'numbers') paintRowLabels(pen, scene, frame)
    sectionLabels.paint(pen, scene, words, frame)
    const isStill = input.isStill()
    paintMarks(pen, scene, effects, { ...frame, nowMs, isStill, hovered: pointedAt.seats, focused })
    if (!isMarked && board.isKnown() && layer.isCurrent()) {
      isMarked = true
      performance.mark(seatsVisibleMark)
    }
    isDue = isFlying || isDrawingSeats
    return isDue || effects.isActive()
  }
  const request = (): void => {
    isDue = true
    loop.request()
  }
  const takeNews = (nowMs: number): void => {
    const { changed, returned } = board.catchUp()
    if (changed === 'all') layer.refresh(scene)
    else if (changed.length > 0) layer.repaint(changed)
    const seen = seenBox(camera.view(), size)
    const glowing = returned.filter((ordinal) => {
      const { x, y } = seatPoint(geometry, ordinal)
      return isBoxInside({ minX: x, minY: y, maxX: x, maxY: y }, seen)
    })
    if (glowing.length > 0) effects.glow(glowing, nowMs)
  }
  const camera = createCamera(canvas, {
    isStill: input.isStill,
    onMove: () => {
      movedAtMs = performance.now()
      for (const listener of viewListeners) listener()
      request()
    },
  })
  const loop = startFrameLoop(draw)
  const stopNews = board.onNews(request)
  const change = (next: Partial<Scene>): void => {
    const needsSeats = next.palette !== undefined || next.marks?.categoryFilter !== scene.marks.categoryFilter
    scene = { ...scene, ...next }
    if (needsSeats) layer.refresh(scene)
    request()
  }

  return {
    camera,
    plan: { geometry, index: scene.index },
    size: () => size,
    planBox: scene.planBox,
    onView: (listener: () => void): (() => void) => {
      viewListeners.add(listener)
      return () => viewListeners.delete(listener)
    },
    /** The plan alone, small, into another canvas. */
    paintMiniature: (other: CanvasRenderingContext2D, view: View, otherSize: Size): void =>
      paintPlan(
        other,
        scene,
        { shapes, stage, stageWord: '' },
        { view, size: otherSize, ratio, hoveredSection: undefined },
      ),
    /** How far apart neighbouring seats are on the screen now, in CSS pixels. */
    pitchPx: () => geometry.seatPitch * camera.view().k,
    areNamesHidden: () => detailAt(geometry.seatPitch * camera.view().k).names === 0,
    sectionAt: (point: Point) => findSection(geometry, point),
    resize: (next: Size, nextRatio: number): void => {
      if (next.width === 0 || next.height === 0) return
      size = next
      ratio = nextRatio
      canvas.width = Math.round(size.width * ratio)
      canvas.height = Math.round(size.height * ratio)
      camera.frame(size, scene.planBox, closestK)
      request()
    },
    setPalette: (palette: Palette): void => change({ palette }),
    setMarks: (marks: SeatMarks): void => {
      effects.shake(marks.shaking, performance.now())
      change({ marks })
    },
    setWords: (next: LabelWords): void => {
      words = next
      request()
    },
    pointAt: (next: PointedAt): void => {
      const isSame = next.seats.length === pointedAt.seats.length && next.seats[0] === pointedAt.seats[0]
      if (isSame && next.section === pointedAt.section) return
      pointedAt = next
      request()
    },
    /** From afar to the section as a whole; from a section seen whole, on to its seats around that point of the plan. */
    approach: (section: number, point: Point): void => {
      const whole = fitBox(
        shapes[section]?.box ?? scene.planBox,
        size,
        24,
        (pickingPitchPx * 1.3) / geometry.seatPitch,
      )
      const isSeen = whole.k <= camera.view().k * 1.3
      camera.flyTo(isSeen ? centreOn(point, size, pickingPitchPx / geometry.seatPitch) : whole)
    },
    /** Brings these seats into the picture, unless they are in it and large enough already, and keeps them there when it changes size. */
    showSeats: (ordinals: Iterable<number>): void => {
      const seats = [...ordinals]
      const box = boxAround(seats.map((ordinal) => seatPoint(geometry, ordinal)))
      if (box === undefined) return
      const section = sectionOf(geometry, seats[0] ?? 0)
      if (seatPlanOf(geometry).isStanding(section)) {
        // one place in a crowd is like another: the crowd is shown
        const crowd = shapes[section]?.box ?? box
        camera.aimAt((at) => fitBox(crowd, at, Math.min(at.width, at.height) * 0.25))
        return
      }
      const isNear = geometry.seatPitch * camera.view().k >= pickingPitchPx * 0.65
      if (isNear && isBoxInside(box, seenBox(camera.view(), size, -32))) return
      const maxK = Math.max(pickingPitchPx / geometry.seatPitch, isNear ? camera.view().k : 0)
      camera.aimAt((at) => fitBox(growBox(box, geometry.seatPitch * 5), at, 16, maxK))
    },
    setFocused: (ordinal: number | undefined): void => {
      focused = ordinal
      request()
    },
    stop: (): void => {
      stopNews()
      loop.stop()
      camera.stop()
      layer.release()
    },
  }
}

function openPen(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  // opaque: the browser need not blend the map with the page below it
  const pen = canvas.getContext('2d', { alpha: false })
  if (pen === null) throw new Error('this browser draws no 2D canvas')
  return pen
}
