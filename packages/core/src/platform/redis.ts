import type { Duplex } from 'node:stream'
import { Redis } from 'ioredis'

/** A connection for commands: it fails fast when Redis is away, because Redis only hints and callers have an answer without it. */
export function openRedis(url: string): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: true,
    maxRetriesPerRequest: 1,
    connectTimeout: 2_000,
    commandTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
  })
  redis.on('connect', () => gatherWrites(redis.stream))
  return withQuietErrors(redis)
}

/**
 * Commands that are sent in one turn of the event loop leave in one write: at an opening dozens of requests come in each, and
 * a write costs more than the command. Nothing waits: the turn ends before the process would.
 */
function gatherWrites(socket: Duplex): void {
  const write: WriteAny = socket.write.bind(socket)
  let isGathering = false
  const release = (): void => {
    isGathering = false
    socket.uncork()
  }
  const gather: WriteAny = (...args) => {
    if (!isGathering) {
      isGathering = true
      socket.cork()
      setImmediate(release)
    }
    return write(...args)
  }
  Object.assign(socket, { write: gather })
}

type WriteAny = (...args: [never]) => boolean

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
