import type { Box } from './view.ts'

/** A text that may be shortened or left out; the first version that fits is taken. */
export type LabelWish = {
  readonly middle: { x: number; y: number }
  /** On the screen; the label may stand out of it a little. */
  readonly room: Box
  /** Longest first. */
  readonly versions: readonly { width: number; height: number }[]
}

export type PlacedLabel = { readonly wish: number; readonly version: number; readonly box: Box }

/** A label may be this much wider and higher than what it names. */
const overhang = 1.12

/** Gives each label the longest version that fits its room and touches no label placed before it. */
export function placeLabels(wishes: readonly LabelWish[]): PlacedLabel[] {
  const placed: PlacedLabel[] = []
  wishes.forEach(({ middle, room, versions }, wish) => {
    for (const [version, { width, height }] of versions.entries()) {
      if (width > (room.maxX - room.minX) * overhang || height > (room.maxY - room.minY) * overhang) continue
      const box = {
        minX: middle.x - width / 2,
        minY: middle.y - height / 2,
        maxX: middle.x + width / 2,
        maxY: middle.y + height / 2,
      }
      if (placed.some((other) => overlap(box, other.box))) continue
      placed.push({ wish, version, box })
      return
    }
  })
  return placed
}

function overlap(a: Box, b: Box): boolean {
  return a.minX < b.maxX && b.minX < a.maxX && a.minY < b.maxY && b.minY < a.maxY
}
