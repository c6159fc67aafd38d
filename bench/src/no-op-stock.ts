import { startChildServer } from './child-server.ts'
import { requestOften } from './http-load.ts'
import { besideBareFastify, noOpLimits } from './no-op-contest.ts'
import type { RatedOperation } from './operation.ts'

/** What `no-op` would be with tRPC's own adapter and nothing else: no session, no headers, no metrics. */
export const noOpStock: RatedOperation = {
  name: 'no-op-stock',
  title: `the same by tRPC's stock adapter on bare Fastify`,
  unit: 'replies/s',
  goal: null,
  prepare: (_stage, effort) =>
    besideBareFastify(
      () => startChildServer('./stock-trpc-server.ts'),
      'stock',
      ({ port }) =>
        requestOften({ port, path: '/trpc/noOp', method: 'POST', body: '{}' }, noOpLimits(effort)),
      effort,
    ),
}
