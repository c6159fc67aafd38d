import type { SeatId, ShowId } from '@greenroom/contract'
import { relayOutbox } from '@greenroom/core'
import { lookAtMaps, mutationOf } from './fan-calls.ts'
import { type HttpCall, type Judge, requestEach, requestOften } from './http-load.ts'
import type { Sample } from './in-flight.ts'
import { noOpPath } from './no-op-contest.ts'
import { atOnce, callsPerRound, type RatedOperation } from './operation.ts'
import { letIn, openSale } from './sale.ts'
import { startApi } from './start-api.ts'

const crowd = 10_000
const seatCount = 50
/** A race is run to its end, however long that takes on a busy machine. */
const patience = 20

/** A whole crowd wants one of the same fifty seats each, all at once: fifty get one, the others hear at once that they do not. */
export const losers: RatedOperation = {
  name: 'losers',
  title: `losers of a race over tRPC, ${crowd} fans, ${seatCount} seats`,
  unit: 'replies/s',
  goal: 0.85,
  prepare: async (stage, effort) => {
    const { deps } = stage
    const fanCount = callsPerRound(effort, crowd)
    const { concertId, shows } = await openSale(deps, {
      // the line lets in no more fans than there are seats to be had, of all dates together
      seatCount: seatCount + fanCount,
      showCount: effort.rounds + 1,
      capacity: 1_000_000,
    })
    const fans = await letIn(deps, concertId, fanCount)
    const api = await startApi(stage)
    await lookAtMaps(
      deps,
      api.port,
      fans[0],
      shows.map(({ showId }) => showId),
    )
    const wishesFor = ({ showId, seatIds }: { showId: ShowId; seatIds: SeatId[] }): HttpCall[] =>
      fans.map(({ fanId, pass }, at) => {
        const wanted = seatIds[at % seatCount]
        return mutationOf(deps, fanId, 'reservations.hold', { showId, seatIds: [wanted], pass })
      })
    const races = shows.map(wishesFor)
    const limits = { atOnce, maxMs: effort.maxRoundMs * patience }
    return {
      floorName: 'the no-op on the same server',
      isGoalsFloor: true,
      ours: (round) => race(api.port, races[round] ?? [], limits),
      floor: () =>
        requestOften(
          { port: api.port, path: noOpPath, method: 'POST', body: '{}' },
          { ...limits, count: fanCount },
        ),
      settle: async () => {
        while ((await relayOutbox(deps)) > 0);
      },
      pids: { api: api.pid },
      close: api.close,
    }
  },
}

/** As many winners as seats, or the round is worth nothing. */
async function race(
  port: number,
  wishes: readonly HttpCall[],
  limits: { atOnce: number; maxMs: number },
): Promise<Sample> {
  let winners = 0
  const isAnswered: Judge = ({ status, body }) => {
    if (status === 200) winners += 1
    const isLoser = status === 409 && body.includes('SEATS_TAKEN')
    return status === 200 || isLoser ? undefined : `status ${status}: ${body.slice(0, 200)}`
  }
  const sample = await requestEach(port, wishes, limits, isAnswered)
  if (winners === seatCount) return sample
  return { ...sample, succeeded: 0, failure: `Error: ${winners} winners of ${seatCount} seats` }
}
