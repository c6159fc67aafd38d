import { holdSeats, relayOutbox } from '@greenroom/core'
import { runInFlight } from './in-flight.ts'
import { atOnce, callsPerRound, partOf, type RatedOperation, seatsFor } from './operation.ts'
import { letIn, openSale } from './sale.ts'
import { prepareSeatUpdates } from './seat-updates.ts'

const seatCount = 20_000
const perFullRound = 1_920

/** One free seat for each of many fans, as the api calls it: pass checked, hold placed, expiry planned, change announced. */
export const hold: RatedOperation = {
  name: 'hold',
  title: `hold, distinct seats of ${seatCount}, core function, ${atOnce} in flight`,
  unit: 'holds/s',
  goal: 2,
  p99GoalMs: 20,
  prepare: async ({ deps, settings }, effort) => {
    const perRound = callsPerRound(effort, perFullRound)
    const { concertId, shows } = await openSale(deps, {
      seatCount: seatsFor(effort, seatCount),
      showCount: 2,
      capacity: 1_000_000,
    })
    const [show, floorShow] = shows
    if (show === undefined || floorShow === undefined) throw new Error('two shows were asked for')
    const fans = await letIn(deps, concertId, perRound * (effort.rounds + 1))
    const wishes = fans.map((fan, at) => ({
      ...fan,
      showId: show.showId,
      seatIds: show.seatIds.slice(at, at + 1),
    }))
    const updates = await prepareSeatUpdates(
      { deps, settings },
      { ...floorShow, concertId, perRound, effort },
    )
    return {
      floorName: `${updates.program}, one prepared UPDATE of a seat`,
      isGoalsFloor: updates.program === 'pgbench',
      ours: (round) =>
        runInFlight(partOf(wishes, round, perRound), { atOnce, maxMs: effort.maxRoundMs }, async (wish) => {
          await holdSeats(deps, wish)
        }),
      floor: updates.run,
      settle: async () => {
        while ((await relayOutbox(deps)) > 0);
      },
    }
  },
}
