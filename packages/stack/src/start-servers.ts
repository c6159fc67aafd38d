import { appUrlOf } from './app-login.ts'
import type { DataFolder } from './data-folder.ts'
import { readStackEnv } from './env.ts'
import { findRedisServer } from './find-redis.ts'
import type { Child } from './spawn-child.ts'
import { startPostgres } from './start-postgres.ts'
import { startRedis } from './start-redis.ts'
import { supervise } from './supervise.ts'

export type Servers = {
  /** the processes' */
  databaseUrl: string
  /** for migrating */
  databaseOwnerUrl: string
  redisUrl: string
  /** Redis first, Postgres last. Safe to repeat. */
  stop: () => Promise<void>
}

/**
 * The Postgres and the Redis to work with: given ones as they are, else private ones in the data folder, which are
 * started again on the same port when they die. A Postgres that is given by one URL is given by its owner's.
 */
export async function startServers(options: {
  data: DataFolder
  databaseUrl: string | undefined
  databaseOwnerUrl: string | undefined
  redisUrl: string | undefined
  sayAs: (name: string) => (line: string) => void
}): Promise<Servers> {
  const stops: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const stopOne of stops.toReversed()) await stopOne()
  }
  try {
    // Redis is looked for before anything starts: it may have to be installed, or be missing, which is quick to tell.
    const giveRedisUrl = prepareRedis(options.redisUrl, options.data, options.sayAs, stops)
    const databaseOwnerUrl =
      options.databaseOwnerUrl ??
      options.databaseUrl ??
      (await startPrivatePostgres(options.data, options.sayAs, stops))
    // one URL alone is the owner's, see above
    const ownLogin = options.databaseOwnerUrl === undefined ? undefined : options.databaseUrl
    const databaseUrl = ownLogin ?? appUrlOf(databaseOwnerUrl)
    const redisUrl = await giveRedisUrl()
    return { databaseUrl, databaseOwnerUrl, redisUrl, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

type SayAs = (name: string) => (line: string) => void

async function startPrivatePostgres(
  data: DataFolder,
  sayAs: SayAs,
  stops: (() => Promise<void>)[],
): Promise<string> {
  const say = sayAs('postgres')
  const onLine = (line: string): void => {
    if (isNewsworthy(line)) say(line)
  }
  const first = await startPostgres({ data, onLine })
  const startAgain = (): Promise<Child> => startPostgres({ data, port: first.port, onLine })
  stops.push(supervise({ name: 'postgres', first, startAgain, say: sayAs('stack') }).stop)
  return first.url
}

function prepareRedis(
  given: string | undefined,
  data: DataFolder,
  sayAs: SayAs,
  stops: (() => Promise<void>)[],
): () => Promise<string> {
  if (given !== undefined) return async () => given
  const program = findRedisServer(readStackEnv().path, sayAs('stack'))
  const common = { program, data, databases: 16, refuseFlushAll: false, onLine: () => undefined }
  return async () => {
    const first = await startRedis(common)
    const startAgain = (): Promise<Child> => startRedis({ ...common, port: first.port })
    stops.push(supervise({ name: 'redis', first, startAgain, say: sayAs('stack') }).stop)
    return first.url
  }
}

/** Start, stop and checkpoint messages are of use only when it dies, and then the supervisor repeats them. */
function isNewsworthy(line: string): boolean {
  // While it recovers, each attempt to connect is a FATAL of its own.
  if (/FATAL: +the database system is (starting up|not yet accepting|shutting down|in recovery)/.test(line))
    return false
  return /\b(WARNING|FATAL|PANIC):|terminated by signal/.test(line)
}
