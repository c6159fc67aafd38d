import { Redis } from 'ioredis'

/** A connection for commands: it fails fast when Redis is away, because Redis only hints and callers have an answer without it. */
export function openRedis(url: string): Redis {
  return withQuietErrors(
    new Redis(url, {
      enableOfflineQueue: true,
      maxRetriesPerRequest: 1,
      connectTimeout: 2_000,
      commandTimeout: 2_000,
      retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
    }),
  )
}

/** A connection for blocking reads, subscriptions and BullMQ: it waits for Redis as long as it takes. */
export function openBlockingRedis(url: string): Redis {
  return withQuietErrors(
    new Redis(url, { maxRetriesPerRequest: null, retryStrategy: (attempt) => Math.min(attempt * 50, 1_000) }),
  )
}

/** The time by Redis' own clock, in milliseconds since 1970. */
export async function readRedisMs(redis: Redis): Promise<number> {
  const [seconds, micros] = await redis.time()
  return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000)
}

/** ioredis reports each failed reconnect as an event; the commands that suffer reject by themselves, so nothing is lost by not printing it. */
function withQuietErrors(redis: Redis): Redis {
  redis.on('error', () => undefined)
  return redis
}
