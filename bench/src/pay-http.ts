import { randomUUID } from 'node:crypto'
import { mutationOf } from './fan-calls.ts'
import { requestEach } from './http-load.ts'
import { startBoth } from './no-op-contest.ts'
import { atOnce, type RatedOperation } from './operation.ts'
import { preparePayments } from './payments.ts'
import { startApi } from './start-api.ts'

/** As `pay`, but the whole way. */
export const payHttp: RatedOperation = {
  name: 'pay-http',
  title: `pay over tRPC, distinct fans, end to end, ${atOnce} connections`,
  unit: 'payments/s',
  goal: 0.5,
  prepare: async (stage, effort) => {
    const api = await startApi(stage)
    const [, contest] = await startBoth(
      async () => api,
      () =>
        preparePayments(stage, effort, (buyers) => {
          const calls = buyers.map(({ fanId, reservationIds }) =>
            mutationOf(stage.deps, fanId, 'payments.pay', { reservationIds, idempotencyKey: randomUUID() }),
          )
          return requestEach(api.port, calls, { atOnce, maxMs: effort.maxRoundMs })
        }),
    )
    return { ...contest, pids: { api: api.pid }, close: api.close }
  },
}
