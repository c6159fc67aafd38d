import { type ConcertId, concertId, type SeatId, type ShowId, seatId, showId } from '@greenroom/contract'
import {
  createDemoDatabase,
  createTestRedis,
  type FakeChallengeProvider,
  startProcesses,
  type TestProcesses,
} from '@greenroom/stack'

export type DemoConcert = {
  concertId: ConcertId
  shows: readonly [ShowId, ShowId, ...ShowId[]]
  /** The nth seat of the first date, counting on into the next. */
  seat: (n: number) => SeatId
}

/** The seeded demo's first concert: a club of 50 seats, on sale, three dates, seats 1..50, 51..100, 101..150. */
export const club: DemoConcert = {
  concertId: concertId.parse(1),
  shows: [showId.parse(1), showId.parse(2), showId.parse(3)],
  seat: (n) => seatId.parse(n),
}

/** The demo's second concert: a theatre with room for 600 fans at a time, two dates of 2,402 seats. */
export const theatre: DemoConcert = {
  concertId: concertId.parse(2),
  shows: [showId.parse(4), showId.parse(5)],
  seat: (n) => seatId.parse(150 + n),
}

/** The settings by which a line can ask for that provider's proof. */
export function challengedBy(provider: FakeChallengeProvider): Record<string, string> {
  return {
    CHALLENGE_VERIFY_URL: provider.verifyUrl,
    CHALLENGE_SECRET: provider.secret,
    CHALLENGE_WIDGET_URL: provider.widgetUrl,
  }
}

export type OnSale = TestProcesses & { databaseUrl: string; redisUrl: string; close: () => Promise<void> }

/** The whole product in its own processes, with the demo in it, on a database and a Redis of its own. */
export async function startOnSale(
  options: {
    env?: Record<string, string>
    /** Servers of one's own, for tests that kill them. */
    databaseUrl?: string
    redisUrl?: string
  } = {},
): Promise<OnSale> {
  const database = await createDemoDatabase(options.databaseUrl)
  const redis = options.redisUrl === undefined ? await createTestRedis() : undefined
  const redisUrl = options.redisUrl ?? redis?.url ?? ''
  const processes = await startProcesses({
    databaseUrl: database.url,
    redisUrl,
    ...(options.env === undefined ? {} : { env: options.env }),
  })
  return {
    ...processes,
    databaseUrl: database.url,
    redisUrl,
    close: async () => {
      await processes.stop()
      await Promise.all([database.drop(), redis?.drop()])
    },
  }
}
