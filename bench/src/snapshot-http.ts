import { startChildServer } from './child-server.ts'
import { requestOften } from './http-load.ts'
import { startBoth } from './no-op-contest.ts'
import { atOnce, callsPerRound, type RatedOperation } from './operation.ts'
import { openScatteredMap, seatCount } from './scattered-map.ts'

const perFullRound = 100_000

/** The seat map the whole way, as a browser asks for it: session, pass, tRPC, compressed. */
export const snapshotHttp: RatedOperation = {
  name: 'snapshot-http',
  title: `seat-map snapshot, ${seatCount} seats, over tRPC`,
  unit: 'replies/s',
  goal: 0.7,
  prepare: async (stage, effort) => {
    const { api, call } = await openScatteredMap(stage, effort)
    const [, bare] = await startBoth(
      async () => api,
      () => startChildServer('./bare-server.ts'),
    )
    const limits = { atOnce, maxMs: effort.maxRoundMs, count: callsPerRound(effort, perFullRound) }
    return {
      floorName: 'bare Fastify, 12,500 bytes from memory',
      isGoalsFloor: true,
      ours: () => requestOften({ ...call, port: api.port }, limits),
      floor: () => requestOften({ port: bare.port, method: 'GET', path: '/map' }, limits),
      pids: { api: api.pid, fastify: bare.pid },
      close: async () => {
        await Promise.all([api.close(), bare.close()])
      },
    }
  },
}
