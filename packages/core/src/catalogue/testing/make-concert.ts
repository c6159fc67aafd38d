import type { ConcertId, CreateConcertInput, SeatPlanId } from '@greenroom/contract'
import type { Deps } from '../../platform/deps.ts'
import { createConcert } from '../create-concert.ts'
import { importSeatPlan } from '../import-seat-plan.ts'
import { smallPlan } from './small-plan.ts'

/** A year before 2040: no test's clock comes near. */
export const farAwayMs = Date.UTC(2039, 5, 1, 10)

/** What `createConcert` takes for the small plan, both its categories priced, on sale since 2020. */
export function concertInput(
  seatPlanId: SeatPlanId,
  changes: Partial<CreateConcertInput> = {},
): CreateConcertInput {
  const text = { ko: '시험', en: 'Test' }
  return {
    title: text,
    artist: 'Testers',
    about: text,
    venue: text,
    timeZone: 'Asia/Seoul',
    seatPlanId,
    prices: [
      { categoryCode: 0, priceMinor: 50_000 },
      { categoryCode: 1, priceMinor: 30_000 },
    ],
    line: { mode: 'fifo', opensAtMs: Date.UTC(2020, 0, 1), capacity: 10 },
    ...changes,
  }
}

/** A concert without shows in the small hall. */
export async function makeConcert(
  deps: Deps,
  changes: Partial<CreateConcertInput> = {},
): Promise<{ concertId: ConcertId; seatPlanId: SeatPlanId }> {
  const { seatPlanId } = await importSeatPlan(deps, smallPlan())
  return { concertId: await createConcert(deps, concertInput(seatPlanId, changes)), seatPlanId }
}
