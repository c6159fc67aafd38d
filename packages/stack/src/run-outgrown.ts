import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { StackEnv } from './env.ts'
import { sayAs } from './log-lines.ts'
import { repositoryRoot } from './repository.ts'
import { startPrivatePostgres } from './testing/private-servers.ts'
import { startPrivateRedisCluster } from './testing/start-redis-cluster.ts'
import { startReplica } from './testing/start-replica.ts'
import { prepareTestTemplate } from './testing/test-database.ts'

/** Every feature, and the processes that live by Redis: run when nothing else is asked for. */
const corePart = ['packages/core/src', 'apps/worker', 'apps/gateway']

/** What is about one server: its memory, its numbered databases or its file; and what starts every server that it asks by itself. */
const aboutOneServer = new Set(
  ['memory', 'redis-cluster', 'replica', 'promotion'].map((name) => `${name}.int.test.ts`),
)

/**
 * The core part of the tests on a set-up that has outgrown one machine: a Redis Cluster of three masters, and a Postgres whose
 * commits are acknowledged once its replica shows them, from which concerts and stock are read. One test file at a time, since
 * a cluster has one database. Answers the exit code of the tests.
 */
export async function runOutgrown(env: StackEnv, vitestArgs: string[]): Promise<number> {
  const say = sayAs('outgrown')
  say('starting three Redis masters, a Postgres and its replica')
  const primary = await startPrivatePostgres()
  const cluster = await startPrivateRedisCluster()
  // the template first: it is copied with the rest
  await prepareTestTemplate(primary.url)
  const replica = await startReplica(primary, { isConfirming: 'remote_apply' })
  try {
    return await runVitest(
      {
        ...env.all,
        TEST_DATABASE_URL: primary.url,
        TEST_REPLICA_URL: replica.url,
        TEST_REDIS_URL: cluster.url,
      },
      vitestArgs.length > 0 ? vitestArgs : listCorePart(),
    )
  } finally {
    // the primary would wait for a replica that is gone before it lets its last clients go
    await primary.stop()
    await Promise.all([replica.stop(), cluster.stop()])
  }
}

/** By their names: Vitest leaves nothing out of a project at the command line. */
function listCorePart(): string[] {
  return corePart
    .flatMap((folder) =>
      globSync(`${folder}/**/*.int.test.ts`, { cwd: repositoryRoot, exclude: ['**/node_modules/**'] }),
    )
    .filter((file) => !aboutOneServer.has(basename(file)))
}

function runVitest(env: NodeJS.ProcessEnv, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const vitest = spawn(
      process.execPath,
      [
        join(repositoryRoot, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--project=int',
        '--maxWorkers=1',
        ...args,
      ],
      { cwd: repositoryRoot, env, stdio: ['ignore', 'inherit', 'inherit'] },
    )
    vitest.once('error', reject)
    vitest.once('exit', (code) => resolve(code ?? 1))
  })
}
