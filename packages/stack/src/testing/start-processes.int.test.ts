import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'

import { identifyProcess } from '../process-identity.ts'
import { startProcesses } from './start-processes.ts'
import { createTestDatabase } from './test-database.ts'
import { createTestRedis } from './test-redis.ts'

test('the product runs as its three processes, each to be killed and brought back where it was', async () => {
  const [database, redis] = await Promise.all([createTestDatabase(), createTestRedis()])
  const app = await startProcesses({ databaseUrl: database.url, redisUrl: redis.url })
  onTestFinished(app.stop)
  const isReady = async (url: string): Promise<boolean> => (await fetch(`${url}/readyz`)).ok
  expect([await isReady(app.url), await isReady(app.gatewayUrl)]).toEqual([true, true])
  expect(await loginsOf(database.url)).toEqual(['greenroom_app'])

  const killed = app.gateway.pid()
  await app.gateway.kill()
  expect(identifyProcess(killed)).toBeUndefined()
  await expect(isReady(app.gatewayUrl)).rejects.toThrow('fetch failed')
  await app.gateway.start()
  expect(await isReady(app.gatewayUrl)).toBe(true)

  const second = await app.addWorker()
  const all = [app.api, app.gateway, app.worker, second].map((each) => each.pid())
  expect(new Set(all).size).toBe(4)
  await app.stop()
  expect(all.filter((pid) => identifyProcess(pid) !== undefined)).toEqual([])
})

/** As whom everybody else is connected, once each of the three processes has a connection. */
async function loginsOf(ownerUrl: string): Promise<string[]> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  onTestFinished(() => client.end())
  const read = async (): Promise<string[]> => {
    const { rows } = await client.query<{ login: string }>(
      `SELECT usename AS login FROM pg_stat_activity
       WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    )
    return rows.map(({ login }) => login)
  }
  await expect.poll(async () => (await read()).length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3)
  return [...new Set(await read())]
}
