import { openDataFolder, removeDataFolder } from '../data-folder.ts'
import { readStackEnv } from '../env.ts'
import { findRedisServer } from '../find-redis.ts'
import type { Child } from '../spawn-child.ts'
import { startPostgres } from '../start-postgres.ts'
import { startRedis } from '../start-redis.ts'
import { makeRunFolder } from './run-folder.ts'

/** A server that one test file has to itself, to kill and to bring back. */
export type PrivateServer = {
  url: string
  port: number
  /** where its data lies */
  folder: string
  pid: () => number
  /** kill -9 by default; resolves when it is gone */
  kill: (signal?: NodeJS.Signals) => Promise<void>
  /** brings it back after kill, on the same port with the same data */
  start: () => Promise<void>
  /** ends it for good and removes its data */
  stop: () => Promise<void>
}

/** `adminUrl` is the superuser's. */
export type PrivatePostgres = PrivateServer & { adminUrl: string }

/** A Redis of one's own: FLUSHALL works, and it may die. Durable as the real one (AOF, once a second). */
export async function startPrivateRedis(): Promise<PrivateServer> {
  const data = openDataFolder(makeRunFolder('redis'))
  const program = findRedisServer(readStackEnv().path, () => undefined)
  const options = { program, data, databases: 16, refuseFlushAll: false, onLine: () => undefined }
  const first = await startRedis(options)
  return keepStarted(
    first,
    () => startRedis({ ...options, port: first.port }),
    data.folderFor('redis'),
    () => removeDataFolder(data),
  )
}

/** A Postgres of one's own, which may die. Its `url` has no tables yet: see createTestDatabase(url). */
export async function startPrivatePostgres(): Promise<PrivatePostgres> {
  const data = openDataFolder(makeRunFolder('postgres'))
  const first = await startPostgres({ data, onLine: () => undefined })
  const server = keepStarted(
    first,
    () => startPostgres({ data, port: first.port, onLine: () => undefined }),
    data.folderFor('postgres'),
    () => removeDataFolder(data),
  )
  return { ...server, adminUrl: first.adminUrl }
}

export type Startable = Child & {
  url: string
  port: number
}

/** One that may be killed and brought back; `remove` takes its data away. */
export function keepStarted(
  first: Startable,
  startAgain: () => Promise<Startable>,
  folder: string,
  remove: () => void,
): PrivateServer {
  let server = first
  return {
    url: first.url,
    port: first.port,
    folder,
    pid: () => server.pid,
    kill: async (signal = 'SIGKILL') => {
      server.kill(signal)
      await server.exited
    },
    start: async () => {
      server = await startAgain()
    },
    stop: async () => {
      await server.stop()
      remove()
    },
  }
}
