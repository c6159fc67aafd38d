import { accountId } from '@greenroom/contract'
import { mustContain, mutationOf } from './fan-calls.ts'
import { requestEach, requestOften } from './http-load.ts'
import { noOpLimits, noOpPath } from './no-op-contest.ts'
import { atOnce, callsPerRound, partOf, type RatedOperation } from './operation.ts'
import { openSale } from './sale.ts'
import { startApi } from './start-api.ts'

const perFullRound = 10_000
/** Nobody looks these fans up: the line knows ids alone, and a session proves itself. */
const firstFanId = 3_000_000

/** New fans join a line that nobody leaves, the whole way: HTTP, session, tRPC, a signed receipt. */
export const joinHttp: RatedOperation = {
  name: 'join-http',
  title: `join over tRPC HTTP, ${atOnce} connections`,
  unit: 'joins/s',
  goal: 0.7,
  prepare: async (stage, effort) => {
    const { deps } = stage
    const perRound = callsPerRound(effort, perFullRound)
    const { concertId } = await openSale(deps, { seatCount: 100, showCount: 1, capacity: 0 })
    const calls = Array.from({ length: perRound * (effort.rounds + 1) }, (_, at) =>
      mutationOf(deps, accountId.parse(firstFanId + at), 'waitingRoom.join', { concertId }),
    )
    const api = await startApi(stage)
    const limits = { atOnce, maxMs: effort.maxRoundMs }
    const isWaiting = mustContain('"state":"waiting"')
    return {
      floorName: 'the no-op on the same server',
      isGoalsFloor: true,
      ours: (round) => requestEach(api.port, partOf(calls, round, perRound), limits, isWaiting),
      floor: () =>
        requestOften({ port: api.port, path: noOpPath, method: 'POST', body: '{}' }, noOpLimits(effort)),
      pids: { api: api.pid },
      close: api.close,
    }
  },
}
