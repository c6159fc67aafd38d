import { startChildServer } from './child-server.ts'
import { requestOften } from './http-load.ts'
import { atOnce, callsPerRound, type RatedOperation, seatsFor } from './operation.ts'
import { letIn, openSale } from './sale.ts'

const seatCount = 50_000
const perFullRound = 100_000

/** The seat map of a show for a fan who was let in, against the same bytes from a variable. */
export const snapshot: RatedOperation = {
  name: 'snapshot',
  title: `seat-map snapshot, ${seatCount} seats, core function behind Fastify`,
  unit: 'replies/s',
  goal: 0.7,
  prepare: async ({ deps, settings }, effort) => {
    const { concertId, shows } = await openSale(deps, {
      seatCount: seatsFor(effort, seatCount),
      showCount: 1,
      capacity: 10,
    })
    const [fan] = await letIn(deps, concertId, 1)
    const server = await startChildServer('./snapshot-server.ts', {
      args: [JSON.stringify({ ...fan, showId: shows[0]?.showId })],
      env: {
        DATABASE_URL: settings.databaseUrl,
        REDIS_URL: settings.redisUrl,
        SECRET: settings.secret,
        LOG_LEVEL: settings.logLevel,
      },
    })
    const limits = { atOnce, maxMs: effort.maxRoundMs, count: callsPerRound(effort, perFullRound) }
    return {
      floorName: 'bare Fastify, the same bytes as a fixed text',
      isGoalsFloor: true,
      ours: () => requestOften({ port: server.port, method: 'GET', path: '/core' }, limits),
      floor: () => requestOften({ port: server.port, method: 'GET', path: '/static' }, limits),
      pids: { core: server.pid },
      close: server.close,
    }
  },
}
