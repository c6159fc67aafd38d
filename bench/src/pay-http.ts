import { randomUUID } from 'node:crypto'
import { relayOutbox } from '@greenroom/core'
import { mutationOf } from './fan-calls.ts'
import { requestEach } from './http-load.ts'
import { runInFlight } from './in-flight.ts'
import { atOnce, callsPerRound, partOf, type RatedOperation } from './operation.ts'
import { makeBuyers } from './pay.ts'
import { addFans, openSale } from './sale.ts'
import { startApi } from './start-api.ts'
import { runStatements } from './wallet-statements.ts'

const perFullRound = 480
/** As `pay` counted them. */
const statementCount = 14

/** Each fan pays for the one seat they hold, the whole way. */
export const payHttp: RatedOperation = {
  name: 'pay-http',
  title: `pay over tRPC, distinct fans, end to end, ${atOnce} connections`,
  unit: 'payments/s',
  goal: 0.5,
  prepare: async (stage, effort) => {
    const { deps } = stage
    const perRound = callsPerRound(effort, perFullRound)
    const total = perRound * (effort.rounds + 1)
    const sale = await openSale(deps, { seatCount: total, showCount: 1, capacity: 1_000_000 })
    const buyers = await makeBuyers(deps, sale, total)
    const calls = buyers.map(({ fanId, reservationIds }) =>
      mutationOf(deps, fanId, 'payments.pay', { reservationIds, idempotencyKey: randomUUID() }),
    )
    const payers = await addFans(deps, total)
    const api = await startApi(stage)
    const limits = { atOnce, maxMs: effort.maxRoundMs }
    return {
      floorName: `pg, a transaction of ${statementCount} prepared statements, one of them a write`,
      isGoalsFloor: false,
      ours: (round) => requestEach(api.port, partOf(calls, round, perRound), limits),
      floor: (round) =>
        runInFlight(partOf(payers, round, perRound), limits, (fanId) =>
          runStatements(deps, fanId, statementCount),
        ),
      settle: async () => {
        while ((await relayOutbox(deps)) > 0);
      },
      pids: { api: api.pid },
      close: api.close,
    }
  },
}
