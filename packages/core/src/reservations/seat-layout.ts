import type { SeatGeometry } from '@greenroom/contract'

/** Neighbours further apart than this many usual distances have an aisle between them. */
const aisleFactor = 1.75

/**
 * What best-available needs of a hall, made once for each seat plan. A run is a stretch of seats in one row with no aisle
 * in between, in order; `runEnd[ordinal]` is where the seat's run ends (exclusive).
 */
export type SeatLayout = {
  seatCount: number
  runStart: Uint32Array
  runEnd: Uint32Array
  categoryCode: Uint8Array
  /** How far the seat is from what everybody looks at, in seat widths: lower is better. */
  distance: Float32Array
  /** For each group size: where a group of that size can sit, best place first. Filled when first asked for. */
  starts: Map<number, Uint32Array>
}

export function layOutSeats(geometry: SeatGeometry): SeatLayout {
  const { seatCount, x, y, focus, seatPitch, rows, categoryCode } = geometry
  const layout: SeatLayout = {
    seatCount,
    runStart: new Uint32Array(seatCount),
    runEnd: new Uint32Array(seatCount),
    categoryCode,
    distance: new Float32Array(seatCount),
    starts: new Map(),
  }
  const between = (one: number, other: number): number =>
    Math.hypot(at(x, one) - at(x, other), at(y, one) - at(y, other))
  for (let seat = 0; seat < seatCount; seat++) {
    layout.distance[seat] = Math.hypot(at(x, seat) - focus.x, at(y, seat) - focus.y) / seatPitch
  }
  for (const row of rows) {
    let start = row.firstOrdinal
    const rowEnd = row.firstOrdinal + row.seatCount
    for (let seat = start; seat < rowEnd; seat++) {
      const isLast = seat + 1 === rowEnd || between(seat, seat + 1) > aisleFactor * seatPitch
      if (!isLast) continue
      layout.runStart.fill(start, start, seat + 1)
      layout.runEnd.fill(seat + 1, start, seat + 1)
      start = seat + 1
    }
  }
  return layout
}

/** First seats of every stretch of `quantity` neighbours, nearest to the focus first; the mean distance of the group counts. */
export function rankedStarts(layout: SeatLayout, quantity: number): Uint32Array {
  const known = layout.starts.get(quantity)
  if (known !== undefined) return known
  const scores = new Float32Array(layout.seatCount)
  const starts = new Uint32Array(layout.seatCount)
  let count = 0
  for (let seat = 0; seat < layout.seatCount; seat++) {
    if (seat + quantity > at(layout.runEnd, seat)) continue
    scores[seat] = groupDistance(layout, seat, quantity)
    starts[count] = seat
    count += 1
  }
  const ranked = starts
    .slice(0, count)
    .sort((one, other) => at(scores, one) - at(scores, other) || one - other)
  layout.starts.set(quantity, ranked)
  return ranked
}

export function groupDistance(layout: SeatLayout, start: number, quantity: number): number {
  let sum = 0
  for (let seat = start; seat < start + quantity; seat++) sum += at(layout.distance, seat)
  return sum / quantity
}

export function at(values: ArrayLike<number>, index: number): number {
  const value = values[index]
  if (value === undefined) throw new RangeError(`no element ${index} of ${values.length}`)
  return value
}
