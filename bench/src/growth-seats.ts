import { flat, holdInSales, lookInSales } from './growth-contest.ts'
import type { RatedOperation } from './operation.ts'

const many = 90_000
const few = 1_000
/** As many as fit into the small hall for a whole run, so that it gets dates and not more seats. */
const smallHalls = 8

/** A stadium's seats against a theatre's. */
export const holdInStadium: RatedOperation = {
  name: 'growth-hold-seats',
  title: `hold, a show of ${many.toLocaleString('en')} seats`,
  unit: 'holds/s',
  goal: flat,
  prepare: ({ deps }, effort) =>
    holdInSales(
      deps,
      {
        floorName: `the same in shows of ${few.toLocaleString('en')} seats`,
        ours: { seatCount: many, showCount: 1 },
        floor: { seatCount: few, showCount: smallHalls },
      },
      effort,
    ),
}

export const snapshotOfStadium: RatedOperation = {
  name: 'growth-snapshot-seats',
  title: `seat map, a show of ${many.toLocaleString('en')} seats, core function`,
  unit: 'maps/s',
  goal: flat,
  prepare: ({ deps }, effort) =>
    lookInSales(
      deps,
      {
        floorName: `the same of a show of ${few.toLocaleString('en')} seats`,
        ours: { seatCount: many, showCount: 1 },
        floor: { seatCount: few, showCount: 1 },
      },
      effort,
    ),
}
