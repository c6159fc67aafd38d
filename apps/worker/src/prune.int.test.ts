import { jobs, openQueue } from '@greenroom/core'
import { createTestDeps, makeFan } from '@greenroom/core/testing'
import { startProcesses } from '@greenroom/stack'
import { expect, onTestFinished, test } from 'vitest'

const deps = await createTestDeps()
const patience = { timeout: 60_000, interval: 20 }

async function countKeys(): Promise<number> {
  const { rows } = await deps.db.pool.query<{ count: number }>(
    'select count(*)::int as count from idempotency_keys',
  )
  return rows[0]?.count ?? 0
}

test('a worker forgets what is old as it starts; killed half way, the next one goes on, and what is young stays', async () => {
  const [old, young] = [60_000, 10]
  await deps.db.pool.query(
    `insert into idempotency_keys (fan_id, key, command, body_hash, created_at)
     select $1, n, 'pay', 'hash', now() - interval '1 day' * case when n <= $2::int then 31 else 29 end
     from generate_series(1, $2::int + $3::int) n`,
    [await makeFan(deps), old, young],
  )
  const { databaseUrl, redisUrl } = deps.settings
  const processes = await startProcesses({ databaseUrl, redisUrl, without: ['api', 'gateway'] })
  onTestFinished(processes.stop)
  await expect.poll(countKeys, patience).toBeLessThan(old)
  await processes.worker.kill()
  const left = await countKeys()
  expect(left).toBeGreaterThan(young)
  // in whole batches: the one that was under way is all there, or gone as soon as Postgres has ended it
  await expect.poll(async () => (await countKeys()) % 1_000, patience).toBe(young)
  await processes.worker.start()
  await openQueue(deps.redis, jobs.prune.queue).add(jobs.prune.name, {})
  await expect.poll(countKeys, patience).toBe(young)
}, 120_000)
