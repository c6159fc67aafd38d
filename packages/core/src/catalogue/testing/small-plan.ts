import type { SeatPlanDocument } from '../seat-plan-document.ts'

/** Two rows of three seats in two categories and a stage; a fresh copy each time, for tests that spoil it. */
export function smallPlan(name = 'Small hall'): SeatPlanDocument {
  return {
    name,
    size: { width: 200, height: 200 },
    categories: [{ name: 'Front', color: '#D55E00' }, { name: 'Back' }],
    zones: [
      {
        name: 'Hall',
        zone_id: 'hall',
        position: { x: 10, y: 20 },
        rows: ['Front', 'Back'].map((category, rowIndex) => ({
          row_number: String.fromCodePoint(65 + rowIndex),
          position: { x: 5, y: 100 + rowIndex * 30 },
          seats: [1, 2, 3].map((number) => ({
            seat_guid: `${category}-${number}`,
            seat_number: String(number),
            position: { x: number * 25, y: 0 },
            category,
          })),
        })),
        areas: [
          {
            shape: 'rectangle',
            rectangle: { width: 100, height: 40 },
            position: { x: 0, y: 0 },
            text: { text: 'Stage', position: { x: 50, y: 20 } },
          },
        ],
      },
    ],
  }
}
