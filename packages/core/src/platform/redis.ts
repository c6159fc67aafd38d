import type { Duplex } from 'node:stream'
import { Cluster, Redis } from 'ioredis'
import { readRedisAddress } from './redis-address.ts'

/** One server, or a Redis Cluster: the commands are the same, and those of one call name keys of one slot alone. */
export type RedisConnection = Redis | Cluster

/**
 * A connection for commands: it fails fast when Redis is away, because Redis only hints and callers have an answer without
 * it. Several addresses with commas between are those of a cluster.
 */
export function openRedis(url: string): RedisConnection {
  const { nodes, isCluster } = readRedisAddress(url)
  if (isCluster) {
    const cluster = openCluster(nodes, { maxRetriesPerRequest: 1, commandTimeout: 2_000 })
    cluster.on('+node', (node: Redis) => node.on('connect', () => gatherWrites(node.stream)))
    return cluster
  }
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
export function openBlockingRedis(url: string): RedisConnection {
  const { nodes, isCluster } = readRedisAddress(url)
  if (isCluster) return openCluster(nodes, { maxRetriesPerRequest: null })
  return withQuietErrors(
    new Redis(url, { maxRetriesPerRequest: null, retryStrategy: (attempt) => Math.min(attempt * 50, 1_000) }),
  )
}

/**
 * A command for a master that is gone is sent again at most so often, 100 ms apart, before whoever asked hears of it: as
 * long as a restart takes, and not as long as a fail-over.
 */
const maxRedirections = 8

function openCluster(
  nodes: readonly URL[],
  options: { maxRetriesPerRequest: number | null; commandTimeout?: number },
): Cluster {
  const [first] = nodes
  const isTls = first?.protocol === 'rediss:'
  const cluster = new Cluster(
    nodes.map((node) => ({ host: node.hostname, port: Number(node.port || 6379) })),
    {
      maxRedirections,
      clusterRetryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
      // what a certificate names is the host, not its address
      ...(isTls ? { dnsLookup: (address, callback) => callback(null, address) } : {}),
      redisOptions: {
        ...options,
        connectTimeout: 2_000,
        ...(first?.username ? { username: decodeURIComponent(first.username) } : {}),
        ...(first?.password ? { password: decodeURIComponent(first.password) } : {}),
        ...(isTls ? { tls: {} } : {}),
      },
    },
  )
  cluster.on('error', () => undefined)
  return cluster
}

/** Whether keys are spread over several servers, so that one command must not name keys of two slots. */
export function isCluster(redis: RedisConnection): redis is Cluster {
  return redis instanceof Cluster
}

/** The numbered database; a cluster has one alone. */
export function databaseOf(redis: RedisConnection): number {
  return isCluster(redis) ? 0 : (redis.options.db ?? 0)
}

/** Whether Redis answers now. For probes and metrics: it says nothing about the next command. */
export async function isRedisUp(redis: RedisConnection): Promise<boolean> {
  // a connection that is being made anew would keep the question for two seconds
  if (['close', 'reconnecting', 'end'].includes(redis.status)) return false
  return await redis.ping().then(
    () => true,
    () => false,
  )
}

/** The time by Redis' own clock, in milliseconds since 1970; of a cluster, by that of one of its servers. */
export async function readRedisMs(redis: RedisConnection): Promise<number> {
  const [seconds, micros] = await redis.time()
  return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000)
}

/** ioredis reports each failed reconnect as an event; the commands that suffer reject by themselves, so nothing is lost by not printing it. */
function withQuietErrors(redis: Redis): Redis {
  redis.on('error', () => undefined)
  return redis
}
