import { relayOutbox } from '@greenroom/core'
import { lookAtMaps, mutationOf } from './fan-calls.ts'
import { requestEach } from './http-load.ts'
import { atOnce, callsPerRound, partOf, type RatedOperation, seatsFor } from './operation.ts'
import { letIn, openSale } from './sale.ts'
import { prepareSeatUpdates } from './seat-updates.ts'
import { startApi } from './start-api.ts'

const seatCount = 20_000
const perFullRound = 1_920
/** The fastest TypeScript peer measured here did 1,109 a second. */
const rateGoal = 8 * 1_109

/** As `hold`, but the whole way: HTTP, session, tRPC, and what the api does for it afterwards, on the load generator's cores. */
export const holdHttp: RatedOperation = {
  name: 'hold-http',
  title: `hold over tRPC, end to end, ${atOnce} connections`,
  unit: 'holds/s',
  goal: 0.6,
  rateGoal,
  prepare: async (stage, effort) => {
    const { deps } = stage
    const perRound = callsPerRound(effort, perFullRound)
    const { concertId, shows } = await openSale(deps, {
      seatCount: seatsFor(effort, seatCount),
      showCount: 2,
      capacity: 1_000_000,
    })
    const [show, floorShow] = shows
    if (show === undefined || floorShow === undefined) throw new Error('two shows were asked for')
    const fans = await letIn(deps, concertId, perRound * (effort.rounds + 1))
    const calls = fans.map(({ fanId, pass }, at) =>
      mutationOf(deps, fanId, 'reservations.hold', {
        showId: show.showId,
        seatIds: show.seatIds.slice(at, at + 1),
        pass,
      }),
    )
    const updates = await prepareSeatUpdates(stage, { ...floorShow, concertId, perRound, effort })
    const api = await startApi(stage)
    await lookAtMaps(deps, api.port, fans[0], [show.showId])
    const limits = { atOnce, maxMs: effort.maxRoundMs }
    return {
      floorName: `${updates.program}, one prepared UPDATE of a seat`,
      isGoalsFloor: updates.program === 'pgbench',
      ours: (round) => requestEach(api.port, partOf(calls, round, perRound), limits),
      floor: updates.run,
      settle: async () => {
        while ((await relayOutbox(deps)) > 0);
      },
      pids: { api: api.pid },
      close: api.close,
    }
  },
}
