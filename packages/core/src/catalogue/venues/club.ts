import { pushOut, spotAt } from './arc.ts'
import { type Venue, type VenueArea, type VenueCategory, writePlan } from './venue-plan.ts'
import type { SeatPlanDocument } from '../seat-plan-document.ts'

export type ClubDimensions = {
  name: string
  rows: number
  /** An even number: the middle aisle halves every row. */
  seatsPerRow: number
}

/** A club has chairs, not rows of a stand: 60 cm each, a metre between rows. */
const chairPitch = 0.6
const chairDepth = 1
const aisle = 1.2

/**
 * A small room: curved rows of loose chairs around a low stage, one aisle in the middle, a bar at the side. Seats are
 * numbered through, 1 to rows x seatsPerRow, so a number alone names a seat.
 */
export function planClub({ name, rows, seatsPerRow }: ClubDimensions): SeatPlanDocument {
  const half = seatsPerRow / 2
  const front = { centre: { x: 0, y: -5 }, radius: 8.5, from: 0, to: Math.PI }
  const venue: Venue = {
    name,
    sections: [
      {
        name: 'Hall',
        rows: Array.from({ length: rows }, (_, index) => {
          const arc = pushOut(front, index * chairDepth)
          return {
            label: String.fromCodePoint(65 + index),
            category: categoryOf(index, rows),
            seats: Array.from({ length: seatsPerRow }, (_seat, seat) => {
              const side = seat < half ? -1 : 1
              const steps = (seat < half ? half - 1 - seat : seat - half) + 0.5
              // the angle runs from right to left, the numbers from left to right
              const angle = Math.PI / 2 - (side * (aisle / 2 + steps * chairPitch)) / arc.radius
              return { ...spotAt(arc, angle), number: String(index * seatsPerRow + seat + 1) }
            }),
          }
        }),
      },
    ],
    areas: areasOf(rows, half * chairPitch + aisle / 2),
  }
  return writePlan(venue)
}

function categoryOf(row: number, rows: number): VenueCategory {
  if (row < rows * 0.4) return 'R'
  return row < rows * 0.8 ? 'S' : 'A'
}

function areasOf(rows: number, halfWidth: number): VenueArea[] {
  const stage = [
    { x: -3.6, y: -2.6 },
    { x: 3.6, y: -2.6 },
    { x: 3.6, y: 0 },
    ...[0.7, 0.35, 0, -0.35, -0.7].map((side) => ({ x: 3.6 * side, y: 1.1 - 0.9 * side * side })),
    { x: -3.6, y: 0 },
  ]
  return [
    { shape: 'polygon', points: stage, color: '#312e81', label: 'STAGE' },
    {
      shape: 'rectangle',
      position: { x: halfWidth + 1.6, y: 2.2 },
      width: 1.3,
      height: rows * chairDepth,
      color: '#57534e',
      label: 'BAR',
    },
  ]
}
