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
  pid: () => number
  /** kill -9 by default; resolves when it is gone */
  kill: (signal?: NodeJS.Signals) => Promise<void>
  /** brings it back after kill, on the same port with the same data */
  start: () => Promise<void>
  /** ends it for good and removes its data */
  stop: () => Promise<void>
}

/** A Redis of one's own: FLUSHALL works, and it may die. Durable as the real one (AOF, once a second). */
export async function startPrivateRedis(): Promise<PrivateServer> {
  const data = openDataFolder(makeRunFolder('redis'))
  const program = findRedisServer(readStackEnv().path, () => undefined)
  return await keepServer(
    (port) =>
      startRedis({ program, data, databases: 16, refuseFlushAll: false, onLine: () => undefined, ...port }),
    () => removeDataFolder(data),
  )
}

/** A Postgres of one's own, which may die. Its `url` has no tables yet: see createTestDatabase(url). */
export async function startPrivatePostgres(): Promise<PrivateServer> {
  const data = openDataFolder(makeRunFolder('postgres'))
  return await keepServer(
    (port) => startPostgres({ data, onLine: () => undefined, ...port }),
    () => removeDataFolder(data),
  )
}

type Startable = Child & {
  url: string
  port: number
}

async function keepServer(
  startOne: (port: { port?: number }) => Promise<Startable>,
  remove: () => void,
): Promise<PrivateServer> {
  let server = await startOne({})
  const { url, port } = server
  return {
    url,
    port,
    pid: () => server.pid,
    kill: async (signal = 'SIGKILL') => {
      server.kill(signal)
      await server.exited
    },
    start: async () => {
      server = await startOne({ port })
    },
    stop: async () => {
      await server.stop()
      remove()
    },
  }
}
