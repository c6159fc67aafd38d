import { expect, test } from 'vitest'
import { spawnNode } from '../../packages/stack/src/testing/spawn-node.ts'
import { createTestDatabase } from '../../packages/stack/src/testing/test-database.ts'
import { createTestRedis } from '../../packages/stack/src/testing/test-redis.ts'

const processes = [
  'apps/api/src/main.ts',
  'apps/gateway/src/main.ts',
  'apps/worker/src/main.ts',
  'packages/core/src/migrations/main.ts',
  'packages/core/src/seeding/main.ts',
]
const root = new URL('../../', import.meta.url)

test.each(processes)('%s does not start while a guard is to be taken out', async (file) => {
  const [database, redis] = await Promise.all([createTestDatabase(), createTestRedis()])
  const run = await spawnNode([new URL(file, root).pathname], {
    PATH: process.env['PATH'],
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.url,
    REDIS_URL: redis.url,
    SECRET: 'a secret for tests alone',
    PORT: '65000',
    GREENROOM_MUTANT: 'line-epoch',
  })
  expect(await run.exited).toMatchObject({ code: 78 })
  expect(run.lines.join('\n')).toContain('takes a guard out of a test')
  await Promise.all([database.drop(), redis.drop()])
})
