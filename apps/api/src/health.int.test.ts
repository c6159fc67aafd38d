import { closeDeps, openDeps, openSeatMirror } from '@greenroom/core'
import { createTestDeps } from '@greenroom/core/testing'
import { expect, onTestFinished, test } from 'vitest'
import { buildServer } from './build-server.ts'
import { apiSettings } from './testing/api-settings.ts'

const base = await createTestDeps()
const metricsToken = 'a token for tests alone'
/** What Prometheus waits for a scrape when nobody says otherwise. */
const scrapeWithinMs = 10_000

async function serve() {
  const deps = openDeps({ ...base.settings, metricsToken }, 'api')
  const seatMirror = openSeatMirror(deps)
  const { server } = await buildServer({ deps, seatMirror, settings: apiSettings(deps) })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(async () => {
    await server.close()
    await seatMirror.close()
  })
  const scrape = async (): Promise<string> => {
    const headers = { authorization: `Bearer ${metricsToken}` }
    const signal = AbortSignal.timeout(scrapeWithinMs)
    return await (await fetch(`${url}/metrics`, { headers, signal })).text()
  }
  return { deps, url, scrape }
}

test('an api without Postgres and Redis goes on answering that it is ready: all of them are without, and pages load; the metrics tell', async () => {
  const { deps, url, scrape } = await serve()
  expect(await scrape()).toContain('greenroom_dependency_up{dependency="redis"} 1')
  await closeDeps(deps)
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  const told = await scrape()
  expect(told).toContain('greenroom_dependency_up{dependency="postgres"} 0')
  expect(told).toContain('greenroom_dependency_up{dependency="redis"} 0')
})

test('an api whose pool is full is ready, and tells that it is full before Prometheus gives up', async () => {
  const { deps, url, scrape } = await serve()
  const taken = await Promise.all(
    Array.from({ length: deps.settings.databasePoolSize }, () => deps.db.pool.connect()),
  )
  onTestFinished(() => closeDeps(deps))
  onTestFinished(() => taken.forEach((each) => each.release()))
  const ready = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(scrapeWithinMs) })
  expect(await ready.json()).toEqual({ status: 'ready' })
  const told = await scrape()
  expect(told).toContain('greenroom_database_pool_connections{state="idle"} 0')
  expect(told).toContain('greenroom_dependency_up{dependency="postgres"} 0')
})
