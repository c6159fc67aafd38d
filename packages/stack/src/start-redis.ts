import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { Redis } from 'ioredis'

import type { DataFolder } from './data-folder.ts'
import { readStackEnv } from './env.ts'
import { pickPort } from './ports.ts'
import { giveFolder } from './service-user.ts'
import { type Child, spawnChild } from './spawn-child.ts'
import { stopLeftover } from './stop-leftover.ts'
import { waitUntilOurs } from './wait-until-ours.ts'

export type RedisServer = Child & {
  port: number
  url: string
}

export type RedisOptions = {
  /** the server program, from findRedisServer */
  program: string
  data: DataFolder
  /** a restart keeps the port its clients know */
  port?: number
  /** how many numbered databases */
  databases: number
  /** refuse FLUSHALL: for a server that test files share, each with a database of its own */
  refuseFlushAll: boolean
  /** a node of a Redis Cluster: its nodes talk to each other on a port of their own */
  cluster?: { busPort: number }
  /** in place of the data folder's own: of a cluster's node, or a server whose data came from another */
  password?: string
  onLine: (line: string) => void
}

const stopTimeoutMs = 20_000
const pidFileOf = (folder: string): string => join(folder, 'redis.pid')

/**
 * Starts the private Redis of a data folder on loopback and answers once it takes commands, its append-only file
 * loaded. `noeviction`, since a queue that forgets at random is worse than one that refuses; AOF once a second.
 * Throws one clear sentence when it dies at start, or when another server answers on its port.
 */
export async function startRedis(options: RedisOptions): Promise<RedisServer> {
  const { data } = options
  const folder = data.folderFor('redis')
  await stopLeftover({ pidFile: pidFileOf(folder), folder, signal: 'SIGTERM', graceMs: stopTimeoutMs })
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options, folder)
    } catch (error) {
      if (attempt === startAttempts || !isPassing(error, options.port)) throw error
    }
  }
}

const startAttempts = 5

/** A port we picked may be taken by another program before we use it: then another one will do. */
function isPassing(error: unknown, fixedPort: number | undefined): boolean {
  return fixedPort === undefined && error instanceof Error && error.message.includes('Address already in use')
}

async function startOnce(options: RedisOptions, folder: string): Promise<RedisServer> {
  const { data } = options
  const port = options.port ?? (await pickPort())
  const config = join(folder, 'redis.conf')
  writeFileSync(config, configLines(options, folder, port).join('\n'), { mode: 0o600 })
  giveFolder(data.user, folder)
  const child = await spawnChild({
    command: options.program,
    args: [config],
    cwd: '/',
    env: { PATH: readStackEnv().path },
    user: data.user,
    stopSignal: 'SIGTERM',
    stopTimeoutMs,
    onLine: options.onLine,
  })
  const server = { ...child, port, url: `redis://:${passwordOf(options)}@127.0.0.1:${port}/0` }
  try {
    await waitUntilRedisIsOurs(server)
  } catch (error) {
    await child.stop()
    throw error
  }
  return server
}

function configLines(options: RedisOptions, folder: string, port: number): string[] {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    // The password is here and not in the arguments, where every user of the machine could read it.
    `requirepass ${passwordOf(options)}`,
    `dir ${JSON.stringify(folder)}`,
    `pidfile ${JSON.stringify(pidFileOf(folder))}`,
    'daemonize no',
    'loglevel warning',
    `databases ${options.databases}`,
    'maxmemory-policy noeviction',
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    ...(options.refuseFlushAll ? ['rename-command FLUSHALL ""'] : []),
    ...(options.cluster === undefined ? [] : clusterLines(options.cluster.busPort, passwordOf(options))),
    '',
  ]
}

const passwordOf = ({ data, password }: RedisOptions): string => password ?? data.secrets.redisPassword

function clusterLines(busPort: number, password: string): string[] {
  return [
    'cluster-enabled yes',
    'cluster-config-file nodes.conf',
    'cluster-announce-ip 127.0.0.1',
    // the usual one, 10,000 above, may be among those that systems give to outgoing connections
    `cluster-port ${busPort}`,
    `masterauth ${password}`,
    'cluster-node-timeout 2000',
    // a master that is gone takes its own slots with it, not everybody's
    'cluster-require-full-coverage no',
  ]
}

/**
 * Waits until the server at that URL answers, and is the process we started: another one may sit on the port, and even
 * know the password of a copied data folder. Throws one clear sentence when it is not, or never answers.
 */
export async function waitUntilRedisIsOurs(server: Omit<RedisServer, 'kill' | 'stop'>): Promise<void> {
  await waitUntilOurs('Redis', server, async () => {
    const answer = await askProcessId(server.url)
    if (answer !== undefined && answer !== server.pid) {
      throw new Error(
        `another Redis answers on port ${server.port}: process ${answer}, not our ${server.pid}`,
      )
    }
    return answer === server.pid
  })
}

/** Which process serves this URL? undefined: none answers yet, or not with our password, or it still loads its file. */
async function askProcessId(url: string): Promise<number | undefined> {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    enableReadyCheck: false,
    connectTimeout: 2_000,
  })
  // Each failure rejects connect or the command as well, and that is where it is handled.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.ping()
    const told = /process_id:(\d+)/.exec(await client.info('server'))
    return told === null ? undefined : Number(told[1])
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  } finally {
    client.disconnect()
  }
}
