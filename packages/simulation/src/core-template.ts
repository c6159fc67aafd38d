import type { Deps } from '@greenroom/core'
import { openDeps } from '@greenroom/core/rules'

/**
 * Keys, log and settings as a process of the product has them, made once a thread. Its connections are given up at once;
 * those of a simulated process take their place.
 */
export function openTemplate(show: { concertId: number; seatsPerShow: number }): Deps {
  const template = openDeps(
    {
      databaseUrl: 'postgres://simulated@127.0.0.1:1/simulated',
      redisUrl: 'redis://127.0.0.1:1',
      secret: 'the secret of a simulation',
      logLevel: 'silent',
      databasePoolSize: 2,
      drainNoticeMs: 0,
      metricsToken: null,
      tracing: { isWanted: false, serviceName: undefined },
      webhooks: { allowPrivate: false, timeoutMs: 1_000 },
      dataPlatform: { folder: 'nowhere' },
    },
    'simulation',
  )
  template.redis.disconnect()
  // the one thing the hot path reads through a model: what never changes about a show
  Object.assign(template.db.sequelize, {
    query: (_sql: string, { type }: { type: string }) => {
      if (type !== 'SELECT') throw new Error('the simulated Postgres is not asked through models')
      return Promise.resolve(showModelOf(show))
    },
  })
  return template
}

/** Every show of a run is alike but for its first seat, which no decision reads. */
function showModelOf({ concertId, seatsPerShow }: { concertId: number; seatsPerShow: number }): object {
  return {
    concertId,
    seatPlanId: 1,
    firstSeatId: 1,
    seatCount: seatsPerShow,
    startsAt: new Date(4_000_000_000_000),
    seatPlan: { geometryHash: 'none' },
    get: () => undefined,
  }
}
