import {
  createTestDatabase,
  createTestRedis,
  startProcesses,
  type TestProcessesOptions,
} from '@greenroom/stack'
import { afterAll, expect, test } from 'vitest'

const [database, redis] = await Promise.all([createTestDatabase(), createTestRedis()])
afterAll(() => Promise.all([database.drop(), redis.drop()]))

/** What the api says as a process of its own, started and stopped; rejects with its last lines when it does not start. */
const startApi = async (
  options: Pick<TestProcessesOptions, 'contracts'> & { env: Record<string, string> },
): Promise<string> => {
  const servers = { databaseUrl: database.url, redisUrl: redis.url }
  const processes = await startProcesses({ ...servers, ...options, without: ['gateway', 'worker'] })
  await processes.stop()
  return processes.api.logs().join('\n')
}

test.for([
  [{ LISTEN_HOST: '0.0.0.0' }, 'LISTEN_HOST is 0.0.0.0, which is not loopback'],
  [
    { PUBLIC_ORIGIN: 'https://tickets.example' },
    'PUBLIC_ORIGIN is https://tickets.example, which is not loopback',
  ],
  [{ DEPLOYMENT: 'production' }, 'DEPLOYMENT is production'],
] as const)('with the contracts open and %o the api does not start', async ([env, fault]) => {
  await expect(startApi({ contracts: 'open', env })).rejects.toThrow(`CONTRACTS is open while ${fault}`)
})

test('it starts with the same settings when the contracts ask for a key, and with open ones on loopback', async () => {
  const reachable = {
    LISTEN_HOST: '0.0.0.0',
    PUBLIC_ORIGIN: 'https://tickets.example',
    GATEWAY_ORIGIN: 'https://tickets.example',
    TRUST_PROXY: 'false',
    DEPLOYMENT: 'production',
    // what tests are given and a sale is not
    WEBHOOKS_ALLOW_PRIVATE: 'false',
    RATE_LIMIT_FACTOR: '1',
  }
  expect(await startApi({ contracts: 'keys', env: reachable })).toMatch(
    /"host":"0\.0\.0\.0","contracts":"keys","msg":"api listens"/,
  )
  expect(await startApi({ contracts: 'open', env: {} })).toMatch(
    /"host":"localhost","contracts":"open","msg":"api listens"/,
  )
})
