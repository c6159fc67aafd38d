import type { VenuePreset } from '@greenroom/contract'
import type { SeatPlanDocument } from '../seat-plan-document.ts'
import { type BowlDimensions, planBowl } from './bowl.ts'
import { planClub } from './club.ts'
import { planTheatre } from './theatre.ts'

/** The seat plan of a venue of usual dimensions, in pretix' format. The same preset gives the same plan, always. */
export function generateSeatPlan(preset: VenuePreset): SeatPlanDocument {
  return plans[preset]()
}

const plans: Record<VenuePreset, () => SeatPlanDocument> = {
  'club-50': () => planClub({ name: 'Club, 50 seats', rows: 5, seatsPerRow: 10 }),
  theatre: () =>
    planTheatre({
      name: 'Theatre, three floors',
      firstRadius: 14,
      floors: [
        {
          gap: 0,
          rows: 22,
          spread: 92,
          blocks: 5,
          categories: [
            { category: 'VIP', share: 0.35 },
            { category: 'R', share: 0.4 },
            { category: 'S', share: 0.25 },
          ],
          hasWheelchairPlaces: true,
          restrictedRows: 8,
        },
        {
          gap: 3,
          rows: 8,
          spread: 68,
          blocks: 3,
          categories: [
            { category: 'S', share: 0.45 },
            { category: 'A', share: 0.55 },
          ],
          hasWheelchairPlaces: false,
          restrictedRows: 0,
        },
        {
          gap: 3,
          rows: 7,
          spread: 52,
          blocks: 3,
          categories: [{ category: 'B', share: 1 }],
          hasWheelchairPlaces: false,
          restrictedRows: 0,
        },
      ],
    }),
  'arena-15k': () => planBowl(arena),
  'stadium-50k': () => planBowl(stadium),
  'stadium-90k': () => planBowl(largeStadium),
}

const arena: BowlDimensions = {
  name: 'Arena, 15,000 seats, end stage',
  ring: { halfWidth: 28, halfLength: 38, sideRadius: 70, endRadius: 48, cornerRadius: 14 },
  tiers: [
    { gap: 0, rows: 16 },
    { gap: 3.5, rows: 16 },
  ],
  floor: { columns: 4, rows: 4, seatsAcross: 18, seatsDeep: 12, standingRows: 1 },
  stage: { front: 24, width: 30, depth: 10 },
}

const stadium: BowlDimensions = {
  name: 'Stadium, 50,000 seats, end stage',
  ring: { halfWidth: 48, halfLength: 68, sideRadius: 160, endRadius: 100, cornerRadius: 24 },
  tiers: [
    { gap: 0, rows: 20 },
    { gap: 4, rows: 17 },
    { gap: 4, rows: 19 },
  ],
  floor: { columns: 8, rows: 8, seatsAcross: 16, seatsDeep: 14, standingRows: 2 },
  stage: { front: 48, width: 48, depth: 14 },
}

const largeStadium: BowlDimensions = {
  name: 'Stadium, 90,000 seats, end stage',
  ring: { halfWidth: 56, halfLength: 80, sideRadius: 190, endRadius: 120, cornerRadius: 28 },
  tiers: [
    { gap: 0, rows: 22 },
    { gap: 4, rows: 18 },
    { gap: 4, rows: 22 },
    { gap: 4, rows: 21 },
  ],
  floor: { columns: 10, rows: 9, seatsAcross: 15, seatsDeep: 15, standingRows: 2 },
  stage: { front: 58, width: 56, depth: 16 },
}
