import {
  findSeatRuns,
  type SeatGeometry,
  type SeatKind,
  seatKindOf,
  type SeatRuns,
} from '@greenroom/contract'

/** What best-available needs of a hall, made once for each seat plan. */
export type SeatLayout = SeatRuns & {
  seatCount: number
  categoryCode: Uint8Array
  /** By category code. */
  kinds: readonly (SeatKind | undefined)[]
  sectionNames: readonly string[]
  sectionIndex: Uint32Array
  /** How far the seat is from what everybody looks at, in seat widths: lower is better. */
  distance: Float32Array
  /** For each group size: where a group of that size can sit, best place first. Filled when first asked for. */
  starts: Map<number, Uint32Array>
}

export function layOutSeats(geometry: SeatGeometry): SeatLayout {
  const { seatCount, x, y, focus, seatPitch, rows, categoryCode } = geometry
  const distance = new Float32Array(seatCount)
  for (let seat = 0; seat < seatCount; seat++) {
    distance[seat] = Math.hypot(at(x, seat) - focus.x, at(y, seat) - focus.y) / seatPitch
  }
  const sectionIndex = new Uint32Array(seatCount)
  for (const row of rows) {
    sectionIndex.fill(row.sectionIndex, row.firstOrdinal, row.firstOrdinal + row.seatCount)
  }
  return {
    ...findSeatRuns(geometry),
    seatCount,
    categoryCode,
    kinds: geometry.categories.map(({ name }) => seatKindOf(name)),
    sectionNames: geometry.sections.map(({ name }) => name),
    sectionIndex,
    distance,
    starts: new Map(),
  }
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
