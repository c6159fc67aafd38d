import type { SeatState } from '@greenroom/client'
import { type SeatChange, type SeatGeometry, type SeatId, seatId, showId } from '@greenroom/contract'
import { seatAt, seatStatusOf } from '@greenroom/contract/plain'
import { createSeatFeed, type SeatFeed } from '../src/seat-map/index.ts'

/** The gateway joins what happens within so long into one frame. */
const frameMs = 100

/**
 * A hall half sold, the better seats first, in which so many seats a second go from hand to hand, anywhere. The same plan
 * gives the same hall and the same crowd, so that two runs compare.
 */
export function startCrowd(
  geometry: SeatGeometry,
  changesPerSecond: number,
): { feed: SeatFeed; firstSeatId: SeatId } {
  const random = createRandom(7)
  const firstSeatId = seatId.parse(1)
  const state: SeatState = {
    showId: showId.parse(1),
    firstSeatId,
    seatCount: geometry.seatCount,
    seq: 1,
    codes: Uint8Array.from({ length: geometry.seatCount }, (_, ordinal) =>
      random() < soldShare(geometry, ordinal) ? (random() < 0.8 ? 2 : 1) : 0,
    ),
    versions: new Uint32Array(geometry.seatCount),
  }
  const feed = createSeatFeed()
  feed.showSnapshot(state)
  setInterval(() => {
    const changes = Array.from({ length: (changesPerSecond * frameMs) / 1_000 }, (): SeatChange => {
      const ordinal = Math.floor(random() * geometry.seatCount)
      const code = Math.floor(random() * 3)
      state.codes[ordinal] = code
      return [seatAt(firstSeatId, ordinal), seatStatusOf(code), 1]
    })
    feed.showChanges(state, changes)
  }, frameMs)
  return { feed, firstSeatId }
}

function soldShare({ x, y, focus, bounds }: SeatGeometry, ordinal: number): number {
  const depth = Math.hypot(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY)
  const distance = Math.hypot((x[ordinal] ?? 0) - focus.x, (y[ordinal] ?? 0) - focus.y)
  return Math.max(0, 1 - (1.3 * distance) / depth)
}

/** Park and Miller's generator: a bench needs the same numbers each time, not good ones. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
