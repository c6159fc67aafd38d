import { besideBareFastify, noOpLimits } from './no-op-contest.ts'
import { atOnce, type RatedOperation } from './operation.ts'
import { startApi } from './start-api.ts'
import { callOften } from './websocket-load.ts'

/** The same mutation of the real api over tRPC's WebSocket: what HTTP itself costs is the difference. */
export const noOpWs: RatedOperation = {
  name: 'no-op-ws',
  title: `the same over tRPC's WebSocket, ${atOnce} sockets`,
  unit: 'replies/s',
  goal: null,
  prepare: (stage, effort) =>
    besideBareFastify(
      () => startApi(stage),
      'api',
      ({ port }) => callOften(port, 'accounts.signOut', noOpLimits(effort)),
      effort,
    ),
}
