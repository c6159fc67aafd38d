import type { Point } from '../polygon.ts'
import type { PlanArea, SeatPlanDocument } from '../seat-plan-document.ts'

/** Venues are drawn in metres, the stage at the top, and written in plan units. */
const unitsPerMetre = 40
/** Metres between the middles of two neighbours in a row, and of two rows: what building codes and knees ask for. */
export const seatPitch = 0.5
export const rowDepth = 0.8
const seatRadius = 8

export type Spot = Point
/** A seat may differ from its row: the companion's beside a wheelchair, one that a wall hides the stage from. */
type VenueSeat = Spot & { number: string; category?: VenueCategory }
type VenueRow = { label: string; category: VenueCategory; seats: VenueSeat[] }
export type VenueSection = { name: string; rows: VenueRow[] }
export type Venue = { name: string; sections: VenueSection[]; areas: VenueArea[] }
/** Sizes and positions in metres; a polygon's points are absolute. */
export type VenueArea = { label?: string; color: string } & (
  | { shape: 'polygon'; points: Spot[] }
  | { shape: 'rectangle'; position: Spot; width: number; height: number }
  | { shape: 'circle'; position: Spot; radius: number }
)

/** Okabe and Ito's colours, told apart by colour-blind eyes too, and the grey that goes with them; best first. */
const colors = {
  VIP: '#CC79A7',
  Standing: '#F0E442',
  R: '#D55E00',
  S: '#E69F00',
  A: '#009E73',
  B: '#0072B2',
  'Restricted view': '#999999',
  Wheelchair: '#56B4E9',
  Companion: '#56B4E9',
} as const
export type VenueCategory = keyof typeof colors
const categoryNames: VenueCategory[] = [
  'VIP',
  'Standing',
  'R',
  'S',
  'A',
  'B',
  'Restricted view',
  'Wheelchair',
  'Companion',
]

/** Every other place of a wheelchair platform is the seat of who comes along. */
export function wheelchairSeat(index: number): VenueCategory {
  return index % 2 === 0 ? 'Wheelchair' : 'Companion'
}

/** Writes a venue as a pretix seating plan: a zone for each section, then one for what is drawn beside them. */
export function writePlan(venue: Venue): SeatPlanDocument {
  const rows = venue.sections.flatMap((section) => section.rows)
  const frame = findFrame([...rows.flatMap((row) => row.seats), ...venue.areas.flatMap(cornersOf)])
  const used = new Set(rows.flatMap((row) => row.seats.map((seat) => seat.category ?? row.category)))
  const place = (spot: Spot): Spot => toUnits({ x: spot.x - frame.left, y: spot.y - frame.top })
  return {
    name: venue.name,
    size: { width: Math.ceil(frame.width * unitsPerMetre), height: Math.ceil(frame.height * unitsPerMetre) },
    categories: categoryNames.filter((name) => used.has(name)).map((name) => ({ name, color: colors[name] })),
    zones: [
      ...venue.sections.map((section) => writeSection(section, place)),
      {
        name: 'Surroundings',
        zone_id: 'surroundings',
        position: { x: 0, y: 0 },
        rows: [],
        areas: venue.areas.map((area) => writeArea(area, place)),
      },
    ],
  }
}

type Zone = SeatPlanDocument['zones'][number]

function writeSection(section: VenueSection, place: (spot: Spot) => Spot): Zone {
  const origin = place(section.rows[0]?.seats[0] ?? { x: 0, y: 0 })
  return {
    name: section.name,
    zone_id: section.name,
    position: origin,
    rows: section.rows.map((row) => {
      const start = place(row.seats[0] ?? { x: 0, y: 0 })
      return {
        row_number: row.label,
        row_label: row.label,
        row_number_position: 'both',
        position: minus(start, origin),
        seats: row.seats.map((seat) => ({
          seat_number: seat.number,
          seat_guid: `${section.name}-${row.label}-${seat.number}`,
          position: minus(place(seat), start),
          category: seat.category ?? row.category,
          radius: seatRadius,
        })),
      }
    }),
  }
}

function writeArea(area: VenueArea, place: (spot: Spot) => Spot): PlanArea {
  const base = {
    color: area.color,
    border_color: '#6b7280',
    rotation: 0,
    position: place(area.shape === 'polygon' ? (area.points[0] ?? { x: 0, y: 0 }) : area.position),
    ...(area.label === undefined ? {} : { text: writeLabel(area, area.label) }),
  }
  switch (area.shape) {
    case 'polygon':
      return {
        ...base,
        shape: 'polygon',
        polygon: { points: area.points.map((spot) => minus(place(spot), base.position)) },
      }
    case 'rectangle':
      return {
        ...base,
        shape: 'rectangle',
        rectangle: { width: whole(area.width), height: whole(area.height) },
      }
    case 'circle':
      return { ...base, shape: 'circle', circle: { radius: whole(area.radius) } }
  }
}

/** In the middle of the area, relative to its position, and small enough to stay in it. */
function writeLabel(area: VenueArea, text: string): NonNullable<PlanArea['text']> {
  const frame = findFrame(cornersOf(area), 0)
  const middle = { x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 }
  const origin = area.shape === 'polygon' ? (area.points[0] ?? middle) : area.position
  const size = Math.min(120, Math.round((frame.width * unitsPerMetre) / (text.length * 0.8)))
  return { text, color: '#F8FAFC', size, position: toUnits(minus(middle, origin)) }
}

function cornersOf(area: VenueArea): Spot[] {
  if (area.shape === 'polygon') return area.points
  const { x, y } = area.position
  if (area.shape === 'rectangle') return [area.position, { x: x + area.width, y: y + area.height }]
  return [
    { x: x - area.radius, y: y - area.radius },
    { x: x + area.radius, y: y + area.radius },
  ]
}

function findFrame(spots: Spot[], margin = 2): { left: number; top: number; width: number; height: number } {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of spots) {
    left = Math.min(left, x - margin)
    top = Math.min(top, y - margin)
    right = Math.max(right, x + margin)
    bottom = Math.max(bottom, y + margin)
  }
  return { left, top, width: right - left, height: bottom - top }
}

function minus(a: Spot, b: Spot): Spot {
  return { x: hundredths(a.x - b.x), y: hundredths(a.y - b.y) }
}

function toUnits({ x, y }: Spot): Spot {
  return { x: hundredths(x * unitsPerMetre), y: hundredths(y * unitsPerMetre) }
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100 + 0
}

function whole(metres: number): number {
  return Math.round(metres * unitsPerMetre)
}
