import type { Point } from './polygon.ts'
import type { PlanRow, PlanSeat, PlanZone, SeatPlanDocument } from './seat-plan-document.ts'

type PlacedSeat = Point & { number: string; seat: PlanSeat }
export type PlacedRow = { label: string; seats: [PlacedSeat, ...PlacedSeat[]] }
export type PlacedSection = { name: string; rows: PlacedRow[] }

/** Neighbouring rows are about one and a half pitches apart, blocks of rows three or more. */
const blockGapPitches = 2.5

/**
 * The plan's seats where they stand (zone + row + seat position) under the names fans read, in the order of the document.
 * A zone is a section; one in which two seats would share row and number becomes numbered sections, one for each
 * block of rows, because a ticket must name one seat.
 */
export function placeSeats(plan: SeatPlanDocument): PlacedSection[] {
  const zones = plan.zones.map((zone, index) => ({
    name: zone.name || zone.zone_id || String(index + 1),
    rows: zone.rows.flatMap((row) => placeRow(zone, row)),
  }))
  const pitch = usualPitch(zones.flatMap((zone) => zone.rows))
  return zones
    .filter((zone) => zone.rows.length > 0)
    .flatMap((zone) => (isAmbiguous(zone) ? numberBlocks(zone, pitch) : [zone]))
}

/** The median distance between two neighbours in a row; rows of one seat tell nothing, and a plan of such rows gets 25. */
export function usualPitch(rows: PlacedRow[]): number {
  const gaps = rows.flatMap(({ seats }) => {
    const own = seats.slice(1).map((seat, index) => distance(seat, seats[index] ?? seat))
    return own.length === 0 ? [] : [Math.min(...own.filter((gap) => gap > 0))]
  })
  const known = gaps.filter(Number.isFinite).sort((a, b) => a - b)
  return known[known.length >> 1] ?? 25
}

/** Runs of consecutive rows that stand behind each other. */
export function splitBlocks(rows: PlacedRow[], pitch: number): PlacedRow[][] {
  const blocks: PlacedRow[][] = []
  let before: PlacedRow | undefined
  for (const row of rows) {
    if (before === undefined || rowDistance(before, row) > blockGapPitches * pitch) blocks.push([])
    blocks.at(-1)?.push(row)
    before = row
  }
  return blocks
}

function placeRow(zone: PlanZone, row: PlanRow): PlacedRow[] {
  const origin = {
    x: zone.position.x + (row.position?.x ?? 0),
    y: zone.position.y + (row.position?.y ?? 0),
  }
  const [first, ...others] = row.seats.map((seat) => ({
    seat,
    x: origin.x + seat.position.x,
    y: origin.y + seat.position.y,
    number: fillLabel(row.seat_label, seat.seat_number),
  }))
  if (first === undefined) return []
  return [{ label: fillLabel(row.row_label, row.row_number), seats: [first, ...others] }]
}

function fillLabel(template: string | null | undefined, value: string): string {
  return template ? template.replaceAll('%s', () => value) : value
}

function isAmbiguous(zone: PlacedSection): boolean {
  const names = zone.rows.flatMap((row) => row.seats.map((seat) => JSON.stringify([row.label, seat.number])))
  return new Set(names).size < names.length
}

function numberBlocks(zone: PlacedSection, pitch: number): PlacedSection[] {
  const sections: PlacedRow[][] = []
  for (const block of splitBlocks(zone.rows, pitch)) {
    let labels = new Set<string>()
    let current: PlacedRow[] = []
    sections.push(current)
    for (const row of block) {
      if (labels.has(row.label)) {
        labels = new Set()
        current = []
        sections.push(current)
      }
      labels.add(row.label)
      current.push(row)
    }
  }
  return sections.map((rows, index) => ({ name: `${zone.name} ${index + 1}`, rows }))
}

/** Between their starts, middles or ends, whichever are closest: rows of one block have at least one of those in line. */
function rowDistance(one: PlacedRow, other: PlacedRow): number {
  const [start, middle, end] = anchors(one)
  const [otherStart, otherMiddle, otherEnd] = anchors(other)
  return Math.min(distance(start, otherStart), distance(middle, otherMiddle), distance(end, otherEnd))
}

function anchors({ seats }: PlacedRow): [Point, Point, Point] {
  return [seats[0], seats[seats.length >> 1] ?? seats[0], seats.at(-1) ?? seats[0]]
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}
