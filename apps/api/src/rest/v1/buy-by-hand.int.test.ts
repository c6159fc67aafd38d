import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createDemoDatabase, createTestRedis, startProcesses } from '@greenroom/stack'
import { afterAll, expect, test } from 'vitest'

const script = fileURLToPath(new URL('./buy-by-hand.sh', import.meta.url))
const [database, redis] = await Promise.all([createDemoDatabase(), createTestRedis()])
const processes = await startProcesses({
  databaseUrl: database.url,
  redisUrl: redis.url,
  without: ['gateway'],
})
afterAll(async () => {
  await processes.stop()
  await Promise.all([database.drop(), redis.drop()])
})

const buy = (email: string): Promise<{ stdout: string }> =>
  promisify(execFile)('bash', [script, processes.url, email], { timeout: 60_000 })

test('curl alone buys a ticket of the demo', async () => {
  const { stdout } = await buy('fan7@greenroom.example')
  expect(stdout).toContain('hold seat')
  expect(stdout.trim().split('\n').at(-1)).toBe('VALID')
})

test('the script stops at the first refusal and shows its status', async () => {
  const refusal = buy('nobody@greenroom.example').catch((error: unknown) =>
    Reflect.get(Object(error), 'stderr'),
  )
  expect(await refusal).toContain('401')
})
