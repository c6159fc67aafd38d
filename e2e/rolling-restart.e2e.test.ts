import { createDemoDatabase, createTestRedis } from '@greenroom/stack'
import { expect, onTestFinished, test } from 'vitest'
import { runRolling } from './rolling/run-rolling.ts'

test('every process is restarted in good order while fans act: all of them are answered, and the books are right', async () => {
  const [database, redis] = await Promise.all([createDemoDatabase(), createTestRedis()])
  onTestFinished(async () => {
    await Promise.all([database.drop(), redis.drop()])
  })
  const report = await runRolling({ databaseUrl: database.url, redisUrl: redis.url, fans: 8, isShort: true })
  expect(report).toMatchObject({ failures: [], broken: [] })
  expect(report.restarts.map(({ name, exitCode }) => `${name}: ${exitCode}`)).toEqual([
    'api 1: 0',
    'api 2: 0',
    'gateway 1: 0',
    'gateway 2: 0',
    'worker 1: 0',
    'worker 2: 0',
  ])
  expect(report.actions).toBeGreaterThan(100)
})
