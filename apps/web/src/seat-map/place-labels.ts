import type { Box, Point, Size } from './view.ts'

/** A text that may be shortened or left out; the first version that fits is taken. */
export type LabelWish<Version extends Size> = {
  readonly middle: Point
  /** On the screen; the label stays in it. */
  readonly room: Box
  /** Longest first. */
  readonly versions: readonly Version[]
}

export type PlacedLabel<Version extends Size> = {
  readonly wish: LabelWish<Version>
  readonly version: Version
  readonly box: Box
}

/** Sections are seldom upright rectangles: their corners are not there to write in. */
const roomShare = 0.98

/** A version that fewer than this share of all labels have room for is given to none: a map of equals looks calm. */
const enough = 0.75

/** Gives each label the longest version that fits its room and touches no label placed before it. */
export function placeLabels<Version extends Size>(
  wishes: readonly LabelWish<Version>[],
): PlacedLabel<Version>[] {
  const versionCount = Math.max(0, ...wishes.map(({ versions }) => versions.length))
  for (let longest = 0; longest < versionCount - 1; longest++) {
    const fitting = wishes.filter((wish) => fits(wish, longest)).length
    if (fitting < wishes.length * enough) continue
    const placed = placeFrom(wishes, longest)
    const satisfied = placed.filter(({ wish, version }) => version === wish.versions[longest]).length
    if (satisfied >= wishes.length * enough) return placed
  }
  return placeFrom(wishes, versionCount - 1)
}

function fits({ room, versions }: LabelWish<Size>, version: number): boolean {
  const size = versions[version]
  return (
    size !== undefined &&
    size.width <= (room.maxX - room.minX) * roomShare &&
    size.height <= (room.maxY - room.minY) * roomShare
  )
}

function placeFrom<Version extends Size>(
  wishes: readonly LabelWish<Version>[],
  longest: number,
): PlacedLabel<Version>[] {
  const placed: PlacedLabel<Version>[] = []
  for (const wish of wishes) {
    for (const [index, version] of wish.versions.entries()) {
      if (index < longest || !fits(wish, index)) continue
      const box = around(wish.middle, version)
      if (placed.some((other) => overlap(box, other.box))) continue
      placed.push({ wish, version, box })
      break
    }
  }
  return placed
}

function around(middle: Point, { width, height }: Size): Box {
  return {
    minX: middle.x - width / 2,
    minY: middle.y - height / 2,
    maxX: middle.x + width / 2,
    maxY: middle.y + height / 2,
  }
}

function overlap(a: Box, b: Box): boolean {
  return a.minX < b.maxX && b.minX < a.maxX && a.minY < b.maxY && b.minY < a.maxY
}
