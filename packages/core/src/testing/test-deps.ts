import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDemoDatabase, createTestDatabase, createTestRedis } from '@greenroom/stack'
import { afterAll } from 'vitest'
import { closeDeps, type Deps, openDeps } from '../platform/deps.ts'
import { asOwner, openOwner } from './as-owner.ts'
import { mutantInForce } from './mutants/mutant-in-force.ts'

/**
 * Real Postgres and Redis for one test file: its own database (a clone of the migrated template) and its own numbered
 * Redis database, unless it brings a Redis that it may kill. `hasDemo`: the demo is in it. Everything is closed and dropped when the file is done.
 */
export async function createTestDeps(
  options: { poolSize?: number; redisUrl?: string; rateLimitFactor?: number; hasDemo?: boolean } = {},
): Promise<Deps> {
  const { redisUrl } = options
  const folder = join(tmpdir(), `greenroom-data-platform-${randomUUID()}`)
  const [database, redis] = await Promise.all([
    options.hasDemo === true ? createDemoDatabase() : createTestDatabase(),
    redisUrl === undefined ? createTestRedis() : { url: redisUrl, drop: () => Promise.resolve() },
  ])
  const deps = openDeps(
    {
      databaseUrl: database.appUrl,
      ...(database.replicaUrl === undefined
        ? {}
        : { databaseReplica: { url: database.replicaUrl, maxLagMs: 1_000 } }),
      redisUrl: redis.url,
      secret: 'a secret for tests alone',
      logLevel: 'silent',
      databasePoolSize: options.poolSize ?? 10,
      drainNoticeMs: 0,
      metricsToken: null,
      tracing: { isWanted: false, serviceName: undefined },
      webhooks: { allowPrivate: true, timeoutMs: 10_000 },
      dataPlatform: { folder },
      // a file's callers are a few accounts that do what a crowd does
      rateLimitFactor: options.rateLimitFactor ?? 1_000,
    },
    'test',
  )
  const closeOwner = openOwner(database.appUrl, database.url)
  const statement = mutantInForce()?.drop
  if (statement !== undefined) await asOwner(deps, (tx) => tx.query(statement))
  afterAll(async () => {
    await Promise.all([closeDeps(deps), closeOwner()])
    await Promise.all([database.drop(), redis.drop(), rm(folder, { recursive: true, force: true })])
  })
  return deps
}
