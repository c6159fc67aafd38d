import { detailAt } from './level-of-detail.ts'
import { type LabelWish, placeLabels } from './place-labels.ts'
import type { SectionShape } from './plan-shapes.ts'
import { type Scene, seatPoint } from './scene.ts'
import type { SeatMapLabels } from './seat-map-labels.ts'
import { boxesTouch, seenBox, type Size, toScreen, type View } from './view.ts'

type LabelFrame = { view: View; size: Size; ratio: number }
type Line = { text: string; font: string; heightPx: number; tone: 'ink' | 'soft' | 'faint' }
type Version = { lines: Line[]; width: number; height: number; hasPlate: boolean }

const namePx = 13
const notePx = 11
const smallPx = 9.5

/** Names of sections with what is left and from which price; the more room a section has, the more is said. */
export function paintSectionLabels(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  plan: {
    shapes: readonly SectionShape[]
    labels: SeatMapLabels
    priceMinor: (category: number) => number | undefined
  },
  { view, size, ratio }: LabelFrame,
): void {
  const { names } = detailAt(scene.geometry.seatPitch * view.k)
  if (names === 0) return
  const seen = seenBox(view, size)
  const sections = plan.shapes.flatMap(({ box }, section) =>
    boxesTouch(box, seen) ? [{ box, section }] : [],
  )
  pen.save()
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  const versions = sections.map(({ section }) => labelVersions(pen, scene, plan, section))
  const wishes = sections.map(({ box, section }, index): LabelWish => {
    const from = toScreen(view, { x: box.minX, y: box.minY })
    const to = toScreen(view, { x: box.maxX, y: box.maxY })
    return {
      middle: toScreen(view, scene.geometry.sections[section]?.label ?? from),
      room: { minX: from.x, minY: from.y, maxX: to.x, maxY: to.y },
      versions: versions[index] ?? [],
    }
  })
  pen.globalAlpha = names
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  for (const { wish, version, box } of placeLabels(wishes)) {
    const label = versions[wish]?.[version]
    if (label !== undefined) paintLabel(pen, scene, label, box)
  }
  pen.restore()
}

function labelVersions(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  plan: { labels: SeatMapLabels; priceMinor: (category: number) => number | undefined },
  section: number,
): Version[] {
  const { fontFamily } = scene.palette
  const name = scene.geometry.sections[section]?.name ?? ''
  const left = scene.board.stock.countSection(section)
  const isGone = scene.board.isKnown() && left === 0
  const tone = isGone ? 'faint' : 'ink'
  const title: Line = { text: name, font: `700 ${namePx}px ${fontFamily}`, heightPx: 17, tone }
  const short: Line = { text: name, font: `600 ${notePx}px ${fontFamily}`, heightPx: 14, tone }
  const tiny: Line = { text: shorten(name), font: `600 ${smallPx}px ${fontFamily}`, heightPx: 11, tone }
  const note = (text: string): Line => ({
    text,
    font: `500 ${notePx}px ${fontFamily}`,
    heightPx: 15,
    tone: isGone ? 'faint' : 'soft',
  })
  const plates = !scene.board.isKnown()
    ? [[title]]
    : isGone
      ? [[title, note(plan.labels.soldOut)], [title]]
      : [
          [title, note(plan.labels.left(left)), ...fromPrice(scene, plan, section).map(note)],
          [title, note(plan.labels.left(left))],
          [title],
        ]
  return [
    ...plates.map((lines) => measure(pen, lines, true)),
    measure(pen, [short], false),
    measure(pen, [tiny], false),
  ]
}

function fromPrice(
  scene: Scene,
  plan: { labels: SeatMapLabels; priceMinor: (category: number) => number | undefined },
  section: number,
): string[] {
  const prices = scene.geometry.categories.flatMap((_, category) => {
    const price = plan.priceMinor(category)
    return price === undefined || scene.board.stock.count(section, category) === 0 ? [] : [price]
  })
  return prices.length === 0 ? [] : [plan.labels.from(Math.min(...prices))]
}

/** `Floor F12` -> `F12`: the last word is what tells sections of one kind apart. */
function shorten(name: string): string {
  return name.split(' ').at(-1) ?? name
}

/** Text widths by font and text: measuring is the slowest thing in a frame, and the texts hardly change. */
const widths = new Map<string, number>()
const maxWidths = 2000

function measure(pen: CanvasRenderingContext2D, lines: Line[], hasPlate: boolean): Version {
  const width = Math.max(...lines.map((line) => measureText(pen, line)))
  const height = lines.reduce((sum, line) => sum + line.heightPx, 0)
  return { lines, hasPlate, width: width + (hasPlate ? 16 : 0), height: height + (hasPlate ? 8 : 0) }
}

function measureText(pen: CanvasRenderingContext2D, { font, text }: Line): number {
  const key = `${font}\n${text}`
  const known = widths.get(key)
  if (known !== undefined) return known
  pen.font = font
  const { width } = pen.measureText(text)
  if (widths.size >= maxWidths) widths.clear()
  widths.set(key, width)
  return width
}

function paintLabel(
  pen: CanvasRenderingContext2D,
  { palette }: Scene,
  { lines, hasPlate }: Version,
  box: { minX: number; minY: number; maxX: number; maxY: number },
): void {
  if (hasPlate) {
    const alpha = pen.globalAlpha
    pen.globalAlpha = alpha * 0.86
    pen.fillStyle = palette.ground
    pen.beginPath()
    pen.roundRect(box.minX, box.minY, box.maxX - box.minX, box.maxY - box.minY, 8)
    pen.fill()
    pen.globalAlpha = alpha
  }
  let y = box.minY + (hasPlate ? 4 : 0)
  for (const line of lines) {
    pen.font = line.font
    pen.fillStyle = palette[line.tone]
    if (!hasPlate) {
      pen.strokeStyle = palette.section
      pen.lineWidth = 3
      pen.lineJoin = 'round'
      pen.strokeText(line.text, (box.minX + box.maxX) / 2, y + line.heightPx / 2)
    }
    pen.fillText(line.text, (box.minX + box.maxX) / 2, y + line.heightPx / 2)
    y += line.heightPx
  }
}

/** The names of rows, at both ends, once seats have numbers. */
export function paintRowLabels(pen: CanvasRenderingContext2D, scene: Scene, frame: LabelFrame): void {
  const { geometry, palette } = scene
  const { view, size, ratio } = frame
  const seen = seenBox(view, size, 40)
  pen.save()
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  pen.font = `600 ${Math.min(13, geometry.seatPitch * view.k * 0.45)}px ${palette.fontFamily}`
  pen.fillStyle = palette.faint
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  for (const { label, firstOrdinal, seatCount } of geometry.rows) {
    if (label === '' || seatCount < 2) continue
    const last = firstOrdinal + seatCount - 1
    for (const [end, inner] of [
      [firstOrdinal, firstOrdinal + 1],
      [last, last - 1],
    ] as const) {
      const at = seatPoint(geometry, end)
      if (at.x < seen.minX || at.x > seen.maxX || at.y < seen.minY || at.y > seen.maxY) continue
      const next = seatPoint(geometry, inner)
      const length = Math.hypot(at.x - next.x, at.y - next.y) || 1
      const beyond = (geometry.seatPitch * 0.95) / length
      const spot = toScreen(view, { x: at.x + (at.x - next.x) * beyond, y: at.y + (at.y - next.y) * beyond })
      pen.fillText(label, spot.x, spot.y)
    }
  }
  pen.restore()
}
