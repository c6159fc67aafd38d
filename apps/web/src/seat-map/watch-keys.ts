import { type Direction, nextSeatTowards } from './next-seat-towards.ts'
import type { SeatMapRenderer } from './seat-map-renderer.ts'
import { toPlan } from './view.ts'

const directions: Partial<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

const panPx: Record<Direction, readonly [number, number]> = {
  left: [-80, 0],
  right: [80, 0],
  up: [0, -80],
  down: [0, 80],
}

/**
 * The map by keyboard: arrows go from seat to seat (with Shift they move the map), Enter or Space takes the seat or gives
 * it back, plus, minus and 0 zoom, Escape leaves the seats. Ends when the returned function is called.
 */
export function watchKeys(
  host: HTMLElement,
  renderer: SeatMapRenderer,
  on: {
    reach: (seat: number | undefined) => void
    press: (seat: number) => void
    canHave: (seat: number) => boolean
  },
): () => void {
  let current: number | undefined
  const go = (seat: number | undefined): void => {
    current = seat
    renderer.setFocused(seat)
    if (seat !== undefined) renderer.showSeats([seat])
    on.reach(seat)
  }
  /** The first seat is the one nearest to where the fan looks, and better one that can be had. */
  const findFirst = (): number | undefined => {
    const { width, height } = renderer.size()
    const middle = toPlan(renderer.camera.view(), { x: width / 2, y: height / 2 })
    const { index } = renderer.plan
    return index.nearest(middle, Infinity, on.canHave) ?? index.nearest(middle, Infinity)
  }
  const onKey = (event: KeyboardEvent): void => {
    const direction = directions[event.key]
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (direction !== undefined && event.shiftKey) renderer.camera.panBy(...panPx[direction])
    else if (direction !== undefined) {
      go(
        current === undefined ? findFirst() : (nextSeatTowards(renderer.plan, current, direction) ?? current),
      )
    } else if (event.key === '+' || event.key === '=') renderer.camera.zoomBy(1.6)
    else if (event.key === '-') renderer.camera.zoomBy(1 / 1.6)
    else if (event.key === '0') renderer.camera.flyTo(renderer.camera.overview())
    else if (event.key === 'Escape' && current !== undefined) go(undefined)
    else if (event.key === 'Enter' || event.key === ' ') {
      if (current === undefined) go(findFirst())
      else on.press(current)
    } else return
    event.preventDefault()
  }
  const onBlur = (): void => {
    renderer.setFocused(undefined)
    on.reach(undefined)
  }
  const onFocus = (): void => {
    if (current === undefined || !host.matches(':focus-visible')) return
    renderer.setFocused(current)
    on.reach(current)
  }
  host.addEventListener('keydown', onKey)
  host.addEventListener('blur', onBlur)
  host.addEventListener('focus', onFocus)
  return () => {
    host.removeEventListener('keydown', onKey)
    host.removeEventListener('blur', onBlur)
    host.removeEventListener('focus', onFocus)
  }
}
