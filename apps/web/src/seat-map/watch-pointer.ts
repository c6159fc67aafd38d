import { canPickSeat, pickingPitchPx } from './level-of-detail.ts'
import { pickSeat } from './pick-seat.ts'
import { seatPlanOf } from './seat-plan.ts'
import type { SeatMapRenderer } from './seat-map-renderer.ts'
import { type Point, toPlan } from './view.ts'

/** What a pointer is at; `at` is in CSS pixels from the canvas's corner. */
export type Pointed = { seat: number; at: Point } | { section: number; at: Point } | undefined

/**
 * Turns presses and movements of mouse, pen and finger into what they mean: a seat, a section to come closer to, or
 * nothing. Dragging, wheel and pinch are the camera's. Ends when the returned function is called.
 */
export function watchPointer(
  canvas: HTMLCanvasElement,
  renderer: SeatMapRenderer,
  on: {
    press: (seat: number, at: Point, pointer: 'mouse' | 'finger') => void
    /** A section to stand in. */
    pressCrowd: (section: number) => void
    point: (pointed: Pointed) => void
    canHave: (ordinal: number) => boolean
  },
): () => void {
  let pointer: 'mouse' | 'finger' = 'mouse'
  const find = (event: MouseEvent, as: 'mouse' | 'finger', isPress: boolean): Pointed => {
    const corner = canvas.getBoundingClientRect()
    const at = { x: event.clientX - corner.left, y: event.clientY - corner.top }
    const view = renderer.camera.view()
    const section = renderer.sectionAt(toPlan(view, at))
    const isCrowd = section !== undefined && seatPlanOf(renderer.plan.geometry).isStanding(section)
    if (isCrowd) return { section, at }
    if (canPickSeat(renderer.pitchPx(), as)) {
      const seat = pickSeat(renderer.plan, { view, at, pointer: as, canHave: on.canHave })
      if (seat !== undefined) return { seat, at }
      // where seats are large a press beside them means nothing; among small ones it asks to come closer
      if (!isPress || renderer.pitchPx() > pickingPitchPx * 0.6) return undefined
    }
    return section === undefined ? undefined : { section, at }
  }
  const onClick = (event: MouseEvent): void => {
    const pointed = find(event, pointer, true)
    if (pointed === undefined) return on.point(undefined)
    if ('seat' in pointed) return on.press(pointed.seat, pointed.at, pointer)
    on.point(undefined)
    if (seatPlanOf(renderer.plan.geometry).isStanding(pointed.section)) return on.pressCrowd(pointed.section)
    renderer.approach(pointed.section, toPlan(renderer.camera.view(), pointed.at))
  }
  const onMove = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return
    const pointed = event.buttons === 0 ? find(event, 'mouse', false) : undefined
    canvas.style.cursor = pointed === undefined ? 'grab' : 'pointer'
    on.point(pointed)
  }
  const onDown = (event: PointerEvent): void => {
    pointer = event.pointerType === 'mouse' ? 'mouse' : 'finger'
  }
  const onLeave = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') on.point(undefined)
  }
  canvas.addEventListener('pointerdown', onDown)
  canvas.addEventListener('click', onClick)
  canvas.addEventListener('pointermove', onMove)
  canvas.addEventListener('pointerleave', onLeave)
  return () => {
    canvas.removeEventListener('pointerdown', onDown)
    canvas.removeEventListener('click', onClick)
    canvas.removeEventListener('pointermove', onMove)
    canvas.removeEventListener('pointerleave', onLeave)
  }
}
