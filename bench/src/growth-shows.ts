import { flat, holdInSales, lookInSales } from './growth-contest.ts'
import type { RatedOperation } from './operation.ts'

const many = 200
const seatsOfEach = 100

/** A festival's shows against one show, the same seats in all. */
export const holdInFestival: RatedOperation = {
  name: 'growth-hold-shows',
  title: `hold, ${many} shows on sale`,
  unit: 'holds/s',
  goal: flat,
  prepare: ({ deps }, effort) =>
    holdInSales(
      deps,
      {
        floorName: 'the same seats in one show',
        ours: { seatCount: seatsOfEach, showCount: many },
        floor: { seatCount: many * seatsOfEach, showCount: 1 },
      },
      effort,
    ),
}

export const snapshotInFestival: RatedOperation = {
  name: 'growth-snapshot-shows',
  title: `seat map, ${many} shows on sale, core function`,
  unit: 'maps/s',
  goal: flat,
  prepare: ({ deps }, effort) =>
    lookInSales(
      deps,
      {
        floorName: 'the same of one show',
        ours: { seatCount: seatsOfEach, showCount: many },
        floor: { seatCount: seatsOfEach, showCount: 1 },
      },
      effort,
    ),
}
