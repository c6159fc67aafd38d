import type { SeatPlanDocument } from '../seat-plan-document.ts'
import { type Arc, divide, pushOut, seatsAlong } from './arc.ts'
import {
  rowDepth,
  seatPitch,
  type VenueCategory,
  type VenueSection,
  wheelchairSeat,
  writePlan,
} from './venue-plan.ts'

export type TheatreDimensions = {
  name: string
  /** Metres from the centre of the rows' circles, which lies behind the stage's front, to the first row. */
  firstRadius: number
  floors: TheatreFloor[]
}

type TheatreFloor = {
  /** Metres behind the last row of the floor below. */
  gap: number
  rows: number
  /** Between the outer ends of a row, in degrees. */
  spread: number
  /** Between aisles; each is a section. */
  blocks: number
  /** The category of each part of the rows, front to back, with the share of rows it takes. */
  categories: { category: VenueCategory; share: number }[]
  /** Wheelchair places instead of the last row, in the outer blocks. */
  hasWheelchairPlaces: boolean
  /** So many front rows whose outermost seats the proscenium hides a part of the stage from. */
  restrictedRows: number
}

const aisle = 1.1
const wheelchairPitch = 1
/** At each end of such a row. */
const restrictedSeats = 2

/**
 * A theatre: rows on circles around the stage, aisles that run towards it, floors behind each other as plans draw them. Seats
 * are numbered through each row from the left, across the aisles.
 */
export function planTheatre({ name, firstRadius, floors }: TheatreDimensions): SeatPlanDocument {
  const centre = { x: 0, y: -firstRadius + 4.5 }
  const sections: VenueSection[] = []
  let radius = firstRadius
  for (const [index, floor] of floors.entries()) {
    radius += floor.gap
    sections.push(...planFloor(floor, `${index + 1}F`, { centre, radius }))
    radius += (floor.rows - 1) * rowDepth
  }
  return writePlan({
    name,
    sections,
    areas: [{ shape: 'polygon', points: stagePoints(), color: '#312e81', label: 'STAGE' }],
  })
}

function planFloor(floor: TheatreFloor, name: string, at: Pick<Arc, 'centre' | 'radius'>): VenueSection[] {
  const half = (floor.spread / 2) * (Math.PI / 180)
  // from the left end to the right one: the plan's angles run clockwise, so the circle is walked backwards
  const front = { ...at, from: Math.PI / 2 - half, to: Math.PI / 2 + half }
  const sections: VenueSection[] = Array.from({ length: floor.blocks }, (_, block) => ({
    name: `${name} ${String.fromCodePoint(65 + block)}`,
    rows: [],
  }))
  for (let row = 0; row < floor.rows; row++) {
    const isLast = row === floor.rows - 1
    let number = 0
    for (const [block, arc] of divide(pushOut(front, row * rowDepth), floor.blocks)
      .toReversed()
      .entries()) {
      const isOuter = block === 0 || block === floor.blocks - 1
      const isWheelchair = floor.hasWheelchairPlaces && isLast && isOuter
      const isRestricted = row < floor.restrictedRows && isOuter
      const spots = seatsAlong(arc, isWheelchair ? wheelchairPitch : seatPitch, aisle).toReversed()
      sections[block]?.rows.push({
        label: String(row + 1),
        category: isWheelchair ? 'Wheelchair' : categoryAt(floor, row),
        seats: spots.map((spot, index) => ({
          ...spot,
          number: String(++number),
          ...(isWheelchair ? { category: wheelchairSeat(index) } : {}),
          ...(isRestricted && (block === 0 ? index : spots.length - 1 - index) < restrictedSeats
            ? { category: 'Restricted view' as const }
            : {}),
        })),
      })
    }
  }
  return sections
}

function categoryAt({ categories, rows }: TheatreFloor, row: number): VenueCategory {
  let end = 0
  for (const { category, share } of categories) {
    end += share * rows
    if (row < end) return category
  }
  return categories.at(-1)?.category ?? 'A'
}

/** A proscenium stage with a curved apron. */
function stagePoints(): { x: number; y: number }[] {
  const apron = [0.8, 0.4, 0, -0.4, -0.8].map((side) => ({ x: 9 * side, y: 2.2 - 1.6 * side * side }))
  return [{ x: -11, y: -7 }, { x: 11, y: -7 }, { x: 9, y: 0 }, ...apron, { x: -9, y: 0 }]
}
