import { requestOften } from './http-load.ts'
import { besideBareFastify, noOpLimits, noOpPath } from './no-op-contest.ts'
import { atOnce, type RatedOperation } from './operation.ts'
import { startApi } from './start-api.ts'

/** A mutation that finds nothing to do, on the real api process: nobody is signed in, so signing out touches no database. */
export const noOp: RatedOperation = {
  name: 'no-op',
  title: `tRPC no-op mutation over HTTP, ${atOnce} connections`,
  unit: 'replies/s',
  goal: 0.5,
  prepare: (stage, effort) =>
    besideBareFastify(
      () => startApi(stage),
      'api',
      ({ port }) => requestOften({ port, path: noOpPath, method: 'POST', body: '{}' }, noOpLimits(effort)),
      effort,
    ),
}
