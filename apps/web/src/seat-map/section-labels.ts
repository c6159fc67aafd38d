import { detailAt } from './level-of-detail.ts'
import { type LabelWish, placeLabels } from './place-labels.ts'
import type { SectionShape } from './plan-shapes.ts'
import type { Scene } from './scene.ts'
import { seatPlanOf } from './seat-plan.ts'
import type { SeatMapLabels } from './seat-map-labels.ts'
import { readWantedStock, type WantedStock } from './wanted-stock.ts'
import { type Box, boxesTouch, seenBox, type Size, toScreen, type View } from './view.ts'

type Line = { text: string; font: string; heightPx: number; tone: 'ink' | 'faint' }
type Version = { lines: Line[]; width: number; height: number; hasPlate: boolean }

export type LabelWords = { labels: SeatMapLabels; priceMinor: (category: number) => number | undefined }

const namePx = 13
const notePx = 11
const smallPx = 9.5

/** Names of sections with what is left and from which price; the more room a section has, the more is said. */
export type SectionLabels = {
  readonly paint: (
    pen: CanvasRenderingContext2D,
    scene: Scene,
    words: LabelWords,
    frame: { view: View; size: Size; ratio: number },
  ) => void
}

export function createSectionLabels(shapes: readonly SectionShape[]): SectionLabels {
  const known = new Map<number, { facts: string; words: LabelWords; versions: Version[] }>()
  /** Writing and measuring texts is the slowest thing in a frame; what is left in a section changes seldom. */
  const versionsOf = (
    pen: CanvasRenderingContext2D,
    scene: Scene,
    words: LabelWords,
    section: number,
    isOverSeats: boolean,
  ): Version[] => {
    const stock = readWantedStock(scene, words, section)
    const facts = `${stock.left} ${stock.minPriceMinor} ${isOverSeats} ${scene.palette.fontFamily}`
    const before = known.get(section)
    if (before?.facts === facts && before.words === words) return before.versions
    const name = scene.geometry.sections[section]?.name ?? ''
    const versions = describe(pen, { name, ...stock }, words.labels, scene.palette.fontFamily, isOverSeats)
    known.set(section, { facts, words, versions })
    return versions
  }
  return {
    paint: (pen, scene, words, { view, size, ratio }) => {
      const { names, level } = detailAt(scene.geometry.seatPitch * view.k)
      const { isStanding } = seatPlanOf(scene.geometry)
      const seen = seenBox(view, size)
      const seated: LabelWish<Version>[] = []
      const standing: LabelWish<Version>[] = []
      shapes.forEach(({ box }, section) => {
        const isCrowd = isStanding(section)
        if ((names === 0 && !isCrowd) || !boxesTouch(box, seen)) return
        const from = toScreen(view, { x: box.minX, y: box.minY })
        const to = toScreen(view, { x: box.maxX, y: box.maxY })
        const wishes = isCrowd ? standing : seated
        wishes.push({
          middle: toScreen(view, scene.geometry.sections[section]?.label ?? from),
          room: { minX: from.x, minY: from.y, maxX: to.x, maxY: to.y },
          versions: versionsOf(pen, scene, words, section, level !== 'sections' && !isCrowd),
        })
      })
      pen.save()
      pen.setTransform(ratio, 0, 0, ratio, 0, 0)
      pen.textAlign = 'center'
      pen.textBaseline = 'middle'
      for (const { version, box } of placeLabels(standing)) paintLabel(pen, scene, version, box)
      pen.globalAlpha = names
      for (const { version, box } of placeLabels(seated)) paintLabel(pen, scene, version, box)
      pen.restore()
    },
  }
}

/** Longest first. Over flat sections there is room for lines; over visible seats a label is one line on a plate. */
function describe(
  pen: CanvasRenderingContext2D,
  { name, left, minPriceMinor }: WantedStock & { name: string },
  labels: SeatMapLabels,
  fontFamily: string,
  isOverSeats: boolean,
): Version[] {
  const tone = left === 0 ? 'faint' : 'ink'
  const line = (text: string, weight: number, px: number, heightPx: number): Line => ({
    text,
    font: `${weight} ${px}px ${fontFamily}`,
    heightPx,
    tone,
  })
  const price = minPriceMinor === undefined ? [] : [labels.from(minPriceMinor)]
  const told = left === undefined ? [] : [left === 0 ? labels.soldOut : labels.left(left)]
  if (isOverSeats) {
    const row = line([name, ...told].join('  '), 650, 12, 17)
    const from = price.map((text) => line(text, 500, notePx, 14))
    const short = [line(name, 650, notePx, 14)]
    const left = told.map((text) => line(text, 500, notePx, 14))
    return [[row, ...from], [...short, ...left, ...from], [...short, ...left], short].map((lines) =>
      measure(pen, lines, true),
    )
  }
  const stock = told.map((text) => line(text, 500, notePx, 15))
  const count = left === undefined || left === 0 ? [] : [line(labels.count(left), 500, notePx, 14)]
  const { rest, short } = splitName(name)
  const brief = minPriceMinor === undefined ? [] : [line(labels.fromBrief(minPriceMinor), 500, 10, 12)]
  return [
    [line(name, 700, namePx, 17), ...stock, ...price.map((text) => line(text, 500, notePx, 15))],
    [line(name, 650, notePx, 14), ...count, ...brief],
    [...rest.map((text) => line(text, 500, smallPx, 11)), line(short, 700, notePx, 14), ...count, ...brief],
    [line(short, 700, notePx, 14), ...count, ...brief],
    [line(name, 650, notePx, 14), ...stock],
    [line(name, 650, notePx, 14), ...count],
    [line(short, 700, namePx, 17), ...count],
    [line(short, 700, namePx, 17)],
    [line(short, 650, notePx, 14)],
    [line(short, 650, smallPx, 11)],
  ].map((lines) => measure(pen, lines, false))
}

/** `Standing A` -> `Standing`, `A`: the last word is what tells sections of one kind apart. */
function splitName(name: string): { rest: string[]; short: string } {
  const words = name.split(' ')
  const rest = words.slice(0, -1).join(' ')
  return { rest: rest === '' ? [] : [rest], short: words.at(-1) ?? name }
}

function measure(pen: CanvasRenderingContext2D, lines: Line[], hasPlate: boolean): Version {
  const widths = lines.map(({ font, text }) => {
    pen.font = font
    return pen.measureText(text).width
  })
  const height = lines.reduce((sum, line) => sum + line.heightPx, 0)
  return {
    lines,
    hasPlate,
    width: Math.max(...widths) + (hasPlate ? 16 : 3),
    height: height + (hasPlate ? 8 : 2),
  }
}

function paintLabel(
  pen: CanvasRenderingContext2D,
  { palette }: Scene,
  { lines, hasPlate }: Version,
  box: Box,
): void {
  if (hasPlate) {
    const alpha = pen.globalAlpha
    pen.globalAlpha = alpha * 0.86
    pen.fillStyle = palette.ground
    pen.beginPath()
    pen.roundRect(box.minX, box.minY, box.maxX - box.minX, box.maxY - box.minY, 12)
    pen.fill()
    pen.globalAlpha = alpha
  }
  let y = box.minY + (hasPlate ? 4 : 1)
  pen.strokeStyle = palette.ground
  pen.lineWidth = 3
  pen.lineJoin = 'round'
  for (const line of lines) {
    pen.font = line.font
    pen.fillStyle = palette[line.tone]
    const middle = (box.minX + box.maxX) / 2
    if (!hasPlate) {
      // a soft edge keeps letters legible on any category's colour, in both themes
      const alpha = pen.globalAlpha
      pen.globalAlpha = alpha * 0.55
      pen.strokeText(line.text, middle, y + line.heightPx / 2)
      pen.globalAlpha = alpha
    }
    pen.fillText(line.text, middle, y + line.heightPx / 2)
    y += line.heightPx
  }
}
