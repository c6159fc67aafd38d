import { createHash } from 'node:crypto'
import type { SeatGeometry } from '@greenroom/contract'
import { outlineRows } from './outline-rows.ts'
import { type PlacedDecoration, placeDecorations } from './place-decorations.ts'
import { type PlacedRow, type PlacedSection, placeSeats, splitBlocks, usualPitch } from './plan-rows.ts'
import type { Point } from './polygon.ts'
import type { SeatPlanDocument } from './seat-plan-document.ts'

/** A plan as it is drawn and sold. `guids[n]` belongs to the seat with ordinal n; ordinals follow the document. */
export type PlanLayout = { geometry: SeatGeometry; guids: string[] }

/** Okabe and Ito's palette, told apart by colour-blind eyes too, for categories that bring no colour. */
const palette = ['#cc79a7', '#d55e00', '#e69f00', '#009e73', '#0072b2', '#56b4e9', '#f0e442'] as const

/** Turns a checked plan document into its geometry. The same document gives the same geometry, always. */
export function layOutPlan(plan: SeatPlanDocument): PlanLayout {
  const placed = placeSeats(plan)
  const rows = placed.flatMap((section) => section.rows)
  const seats = rows.flatMap((row) => row.seats)
  const pitch = usualPitch(rows)
  const decorations = placeDecorations(plan)
  const extent = findExtent([...seats, ...decorations.flatMap((decoration) => decoration.corners)], pitch)
  const step = chooseStep(pitch, Math.max(extent.maxX - extent.minX, extent.maxY - extent.minY))
  const codes = new Map(plan.categories.map((category, index) => [category.name, index]))
  const guids = seats.map(({ seat }) => seat.seat_guid)
  const { sections, rows: geometryRows } = describeSections(placed, pitch)
  return {
    guids,
    geometry: {
      name: plan.name,
      step,
      bounds: snapBounds(extent, step),
      focus: findFocus(decorations, findExtent(seats, 0)),
      seatPitch: pitch,
      guidDigest: createHash('sha256').update(JSON.stringify(guids)).digest('hex').slice(0, 32),
      categories: plan.categories.map(({ name, color }, index) => ({
        name,
        color: color ?? palette[index % palette.length] ?? palette[0],
      })),
      decorations: decorations.map(({ decoration }) => decoration),
      seatCount: seats.length,
      sections,
      rows: geometryRows,
      x: Float32Array.from(seats, (seat) => seat.x),
      y: Float32Array.from(seats, (seat) => seat.y),
      radius: Uint16Array.from(seats, ({ seat }) => seat.radius ?? 10),
      categoryCode: Uint8Array.from(seats, ({ seat }) => codes.get(seat.category) ?? 0),
      rowIndex: Uint32Array.from(rows.flatMap((row, index) => row.seats.map(() => index))),
      seatNumber: seats.map((seat) => seat.number),
    },
  }
}

function describeSections(placed: PlacedSection[], pitch: number): Pick<SeatGeometry, 'sections' | 'rows'> {
  const sections: SeatGeometry['sections'] = []
  const rows: SeatGeometry['rows'] = []
  let ordinal = 0
  for (const section of placed) {
    const firstOrdinal = ordinal
    const firstRow = rows.length
    for (const row of section.rows) {
      rows.push({
        label: row.label,
        sectionIndex: sections.length,
        firstOrdinal: ordinal,
        seatCount: row.seats.length,
      })
      ordinal += row.seats.length
    }
    const blocks = splitBlocks(section.rows, pitch)
    sections.push({
      name: section.name,
      firstRow,
      rowCount: section.rows.length,
      firstOrdinal,
      seatCount: ordinal - firstOrdinal,
      label: middleOf(largest(blocks)),
      outlines: blocks.map((block) => outlineRows(block, pitch)),
    })
  }
  return { sections, rows }
}

function largest(blocks: PlacedRow[][]): PlacedRow[] {
  const size = (block: PlacedRow[]): number => block.reduce((sum, row) => sum + row.seats.length, 0)
  return blocks.reduce((best, block) => (size(block) > size(best) ? block : best), blocks[0] ?? [])
}

function middleOf(rows: PlacedRow[]): Point {
  const seats = rows.flatMap((row) => row.seats)
  const x = seats.reduce((sum, seat) => sum + seat.x, 0) / seats.length
  const y = seats.reduce((sum, seat) => sum + seat.y, 0) / seats.length
  return { x, y }
}

/** A 32nd of the pitch is invisible at any zoom; a power of two keeps every position exact in 32-bit floats. */
function chooseStep(pitch: number, extent: number): number {
  return 2 ** Math.floor(Math.log2(Math.max(pitch / 32, extent / 2 ** 20)))
}

type Extent = SeatGeometry['bounds']

function findExtent(points: Point[], margin: number): Extent {
  const extent = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (const { x, y } of points) {
    extent.minX = Math.min(extent.minX, x - margin)
    extent.minY = Math.min(extent.minY, y - margin)
    extent.maxX = Math.max(extent.maxX, x + margin)
    extent.maxY = Math.max(extent.maxY, y + margin)
  }
  return extent
}

function snapBounds(extent: Extent, step: number): Extent {
  return {
    minX: Math.floor(extent.minX / step) * step,
    minY: Math.floor(extent.minY / step) * step,
    maxX: Math.ceil(extent.maxX / step) * step,
    maxY: Math.ceil(extent.maxY / step) * step,
  }
}

/** The middle of what is called a stage, else of the largest area, else the top of the plan, where stages usually are. */
function findFocus(decorations: PlacedDecoration[], seats: Extent): Point {
  const areas = decorations
    .filter(({ decoration }) => decoration.shape !== 'text')
    .map(({ corners, isStage }) => ({ extent: findExtent(corners, 0), isStage }))
    .sort((a, b) => Number(b.isStage) - Number(a.isStage) || sizeOf(b.extent) - sizeOf(a.extent))
  const extent = areas[0]?.extent
  if (extent === undefined) return { x: (seats.minX + seats.maxX) / 2, y: seats.minY }
  return { x: (extent.minX + extent.maxX) / 2, y: (extent.minY + extent.maxY) / 2 }
}

function sizeOf(extent: Extent): number {
  return (extent.maxX - extent.minX) * (extent.maxY - extent.minY)
}
