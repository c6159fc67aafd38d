import { expect, onTestFinished, test } from 'vitest'

import { startFleet } from './start-fleet.ts'
import { createTestDatabase } from './test-database.ts'
import { createTestRedis } from './test-redis.ts'

test('two apis and two gateways stand behind one address each, and whoever is asked to stop gets no more', async () => {
  const [database, redis] = await Promise.all([createTestDatabase(), createTestRedis()])
  const fleet = await startFleet({
    databaseUrl: database.url,
    redisUrl: redis.url,
    apis: 2,
    gateways: 2,
    workers: 1,
  })
  onTestFinished(fleet.stop)
  const askAll = async (url: string): Promise<number[]> =>
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const answer = await fetch(`${url}/readyz`, { headers: { connection: 'close' } })
        return answer.status
      }),
    )
  for (const group of [fleet.apis, fleet.gateways]) {
    const url = group === fleet.apis ? fleet.url : fleet.gatewayUrl
    expect(await askAll(url)).toEqual(Array.from({ length: 8 }, () => 200))
    expect(await group[0]?.stop()).toEqual({ code: 0, signal: null })
    // the other one answers for both
    expect(await askAll(url)).toEqual(Array.from({ length: 8 }, () => 200))
    await group[0]?.start()
  }
})
