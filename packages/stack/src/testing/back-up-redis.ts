import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { Redis } from 'ioredis'

import { openDataFolder, removeDataFolder } from '../data-folder.ts'
import { readStackEnv } from '../env.ts'
import { findRedisServer } from '../find-redis.ts'
import { startRedis } from '../start-redis.ts'
import { keepStarted, type PrivateServer } from './private-servers.ts'
import { makeRunFolder } from './run-folder.ts'

/** A copy of a Redis' append-only file, as a backup keeps it. */
export type RedisBackup = {
  folder: string
  /** starts a server on it, with the password of the other */
  restore: () => Promise<PrivateServer>
}

/**
 * Copies the append-only file of a running Redis, as its manual says ("Backing up AOF"): no rewrite begins meanwhile, and one
 * that was under way has ended. The last command may be cut off, which Redis mends when it loads the file.
 */
export async function backUpRedis(server: Pick<PrivateServer, 'url' | 'folder'>): Promise<RedisBackup> {
  const data = openDataFolder(makeRunFolder('redis'))
  const folder = data.folderFor('redis')
  const client = new Redis(server.url)
  try {
    await client.config('SET', 'auto-aof-rewrite-percentage', 0)
    while (/aof_rewrite_in_progress:1/.test(await client.info('persistence'))) await sleep(50)
    cpSync(join(server.folder, 'appendonlydir'), join(folder, 'appendonlydir'), { recursive: true })
    await client.config('SET', 'auto-aof-rewrite-percentage', 100)
  } finally {
    client.disconnect()
  }
  const options = {
    program: findRedisServer(readStackEnv().path, () => undefined),
    data,
    databases: 16,
    refuseFlushAll: false,
    password: new URL(server.url).password,
    onLine: () => undefined,
  }
  return {
    folder,
    restore: async () => {
      const first = await startRedis(options)
      return keepStarted(
        first,
        () => startRedis({ ...options, port: first.port }),
        folder,
        () => removeDataFolder(data),
      )
    },
  }
}
