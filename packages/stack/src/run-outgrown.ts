import { spawn } from 'node:child_process'
import { join } from 'node:path'

import type { StackEnv } from './env.ts'
import { sayAs } from './log-lines.ts'
import { repositoryRoot } from './repository.ts'
import { startPrivatePostgres } from './testing/private-servers.ts'
import { startPrivateRedisCluster } from './testing/start-redis-cluster.ts'
import { startReplica } from './testing/start-replica.ts'
import { prepareTestTemplate } from './testing/test-database.ts'

/** What sells, and what must hold while it does: run when nothing else is asked for. */
const corePart = [
  'packages/core/src/waiting-room',
  'packages/core/src/seating',
  'packages/core/src/reservations',
  'packages/core/src/payments',
  'packages/core/src/wallet',
  'packages/core/src/tickets',
  'packages/core/src/catalogue',
  'packages/core/src/webhooks',
  'apps/worker',
  'apps/gateway',
]

/** These are about one server: they look into its memory, its numbered databases or its file. */
const aboutOneServer = ['**/memory.int.test.ts']

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
      vitestArgs.length > 0 ? vitestArgs : corePart,
    )
  } finally {
    // the primary would wait for a replica that is gone before it lets its last clients go
    await primary.stop()
    await Promise.all([replica.stop(), cluster.stop()])
  }
}

function runVitest(env: NodeJS.ProcessEnv, args: string[]): Promise<number> {
  const excluded = aboutOneServer.flatMap((each) => ['--exclude', each])
  return new Promise((resolve, reject) => {
    const vitest = spawn(
      process.execPath,
      [
        join(repositoryRoot, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--project=int',
        '--maxWorkers=1',
        ...excluded,
        ...args,
      ],
      { cwd: repositoryRoot, env, stdio: ['ignore', 'inherit', 'inherit'] },
    )
    vitest.once('error', reject)
    vitest.once('exit', (code) => resolve(code ?? 1))
  })
}
