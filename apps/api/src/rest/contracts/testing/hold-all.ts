import { type TestShow, insertHold, lapseHold } from '@greenroom/core/testing'
import type { Club } from './club.ts'

/** Somebody holds every seat of the show, until `lapse`. */
export async function holdAll(club: Club, show: TestShow): Promise<{ lapse: () => Promise<void> }> {
  const holds: Parameters<typeof lapseHold>[1][] = []
  for (let from = 0; from < show.seatIds.length; from += 4) {
    const fanId = await club.newFan()
    const seatIds = show.seatIds.slice(from, from + 4)
    holds.push({ reservationId: await insertHold(club.deps, { fanId, show, seatIds }) })
  }
  return {
    lapse: async () => {
      for (const hold of holds) await lapseHold(club.deps, hold)
    },
  }
}
