import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

/** Of all pixels; glyphs are drawn a little otherwise by another release of the browser. */
export const toleratedShare = 0.003

export type Comparison = { differingShare: number; difference: Buffer }

/** How much of two pictures differs, and where, as a picture. Pictures of different sizes differ in all. */
export function comparePictures(one: Buffer, other: Buffer): Comparison {
  const [a, b] = [PNG.sync.read(one), PNG.sync.read(other)]
  if (a.width !== b.width || a.height !== b.height) return { differingShare: 1, difference: other }
  const shown = new PNG({ width: a.width, height: a.height })
  const count = pixelmatch(a.data, b.data, shown.data, a.width, a.height, { threshold: 0.15 })
  return { differingShare: count / (a.width * a.height), difference: PNG.sync.write(shown) }
}

/** As small as it gets without a loss, for the repository. */
export function shrink(picture: Buffer): Buffer {
  return PNG.sync.write(PNG.sync.read(picture), { colorType: 2, deflateLevel: 9, filterType: -1 })
}
