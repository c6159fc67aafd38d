import { cancelShow, closeDeps, continueCancellation, openDeps, type Deps } from '@greenroom/core'
import { createTestDeps, makeFan, makeShow, makeSoldShow } from '@greenroom/core/testing'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { createWorkerMetrics } from './metrics.ts'
import { serveProbes } from './serve-probes.ts'

const base = await createTestDeps()
const metricsToken = 'a token for tests alone'
const deps: Deps = { ...base, settings: { ...base.settings, metricsToken } }
const metrics = createWorkerMetrics(deps)
const probes = await serveProbes(deps, metrics, { host: '127.0.0.1', port: 0 })
afterAll(() => probes.close())

const ask = async (path: string, authorization?: string, port = probes.port) => {
  const headers = authorization === undefined ? {} : { authorization }
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, { headers })
  return { status: reply.status, text: await reply.text() }
}
const scrape = async (): Promise<string[]> =>
  (await ask('/metrics', `Bearer ${metricsToken}`)).text.split('\n')

describe('a worker', () => {
  test('is alive and ready, and not ready any more once it drains', async () => {
    const own = await serveProbes(deps, metrics, { host: '127.0.0.1', port: 0 })
    onTestFinished(own.close)
    expect(await ask('/healthz', undefined, own.port)).toEqual({ status: 200, text: '{"status":"ok"}' })
    expect(await ask('/readyz', undefined, own.port)).toEqual({ status: 200, text: '{"status":"ready"}' })
    own.announceDrain()
    expect((await ask('/readyz', undefined, own.port)).status).toBe(503)
    expect((await ask('/healthz', undefined, own.port)).status).toBe(200)
    expect((await ask('/', undefined, own.port)).status).toBe(404)
  })

  test('is ready once Postgres and Redis have answered, and stays so when they go; the metrics tell', async () => {
    const nowhere = openDeps(
      { ...deps.settings, databaseUrl: 'postgres://127.0.0.1:1/none', redisUrl: 'redis://127.0.0.1:1' },
      'lost',
    )
    onTestFinished(() => closeDeps(nowhere))
    const lost = await serveProbes(nowhere, createWorkerMetrics(nowhere), { host: '127.0.0.1', port: 0 })
    onTestFinished(lost.close)
    const starting = { status: 503, text: '{"status":"starting"}' }
    expect(await ask('/readyz', undefined, lost.port)).toEqual(starting)
    const told = await ask('/metrics', `Bearer ${metricsToken}`, lost.port)
    expect(told.status).toBe(200)
    expect(told.text).toContain('greenroom_dependency_up{dependency="postgres"} 0')
    expect(told.text).toContain('greenroom_dependency_up{dependency="redis"} 0')

    const half = await serveProbes({ ...deps, redis: nowhere.redis }, metrics, { host: '127.0.0.1', port: 0 })
    onTestFinished(half.close)
    expect(await ask('/readyz', undefined, half.port)).toEqual(starting)

    const found = openDeps(deps.settings, 'found')
    const whole = await serveProbes(found, createWorkerMetrics(found), { host: '127.0.0.1', port: 0 })
    onTestFinished(whole.close)
    const ready = { status: 200, text: '{"status":"ready"}' }
    expect(await ask('/readyz', undefined, whole.port)).toEqual(ready)
    await closeDeps(found)
    expect(await ask('/readyz', undefined, whole.port)).toEqual(ready)
  })

  test('tells its metrics to who shows the token or is an operator, and to nobody else', async () => {
    expect((await ask('/metrics')).status).toBe(401)
    expect((await ask('/metrics', 'Bearer another token')).status).toBe(401)
    expect((await ask('/metrics', metricsToken)).status).toBe(401)
    expect((await ask('/metrics', `Bearer ${metricsToken}`)).status).toBe(200)
    const open = await serveProbes(base, createWorkerMetrics(base), { host: '127.0.0.1', port: 0 })
    onTestFinished(open.close)
    // where no token is set none is good, the empty one included
    expect((await ask('/metrics', 'Bearer null', open.port)).status).toBe(401)
    expect((await ask('/metrics', 'Bearer ', open.port)).status).toBe(401)
  })
})

describe('the metrics of a worker', () => {
  test('tell what is due and not done, and for how long', async () => {
    expect(await scrape()).toContain('greenroom_backlog{kind="seat-changes"} 0')
    const show = await makeShow(deps)
    await deps.db.pool.query(
      "insert into outbox (show_id, payload, created_at) values ($1, '{}', now() - interval '90 seconds')",
      [show.showId],
    )
    const told = await scrape()
    expect(told).toContain('greenroom_backlog{kind="seat-changes"} 1')
    const age = told.find((line) => line.startsWith('greenroom_backlog_age_seconds{kind="seat-changes"}'))
    expect(Number(age?.split(' ')[1])).toBeGreaterThanOrEqual(90)
  })

  test('tell each line by its concert, its pace only where load-aware admission is on', async () => {
    const { concertId } = await makeShow(deps, { capacity: 33 })
    const told = await scrape()
    expect(told).toContain(`greenroom_line_capacity{concert="${concertId}"} 33`)
    expect(told).toContain(`greenroom_line_waiting{concert="${concertId}"} 0`)
    expect(told.filter((line) => line.startsWith('greenroom_line_pace_floor'))).toEqual([])
    await deps.db.pool.query(
      'update lines set load_aware = true, floor_per_minute = 7 where concert_id = $1',
      [concertId],
    )
    expect(await scrape()).toContain(`greenroom_line_pace_floor_per_minute{concert="${concertId}"} 7`)
  })

  test('are of at most fifty lines, whatever is on sale', async () => {
    for (let show = 0; show < 51; show++) await makeShow(deps, { seatCount: 1 })
    expect((await scrape()).filter((line) => line.startsWith('greenroom_line_waiting{'))).toHaveLength(50)
  })

  test('tell the refunds of cancelled shows, which are made here alone', async () => {
    expect(await scrape()).toContain('greenroom_refunds_total{outcome="done"} 0')
    const { show } = await makeSoldShow(deps, 3)
    await cancelShow(deps, { showId: show.showId, operatorId: await makeFan(deps), reason: 'no power' })
    await continueCancellation(deps, show)
    expect(await scrape()).toContain('greenroom_refunds_total{outcome="done"} 3')
  })

  test('tell the jobs of each queue and those that were done here, and hold nothing of a fan', async () => {
    const fanId = await makeFan(deps)
    metrics.noteJob({ name: 'prune', isDone: true, elapsedMs: 12 })
    metrics.noteJob({ name: 'prune', isDone: false, elapsedMs: 12 })
    const told = await scrape()
    expect(told).toContain('greenroom_jobs{queue="holds",state="failed"} 0')
    expect(told).toContain('greenroom_jobs{queue="webhook-endpoints",state="waiting"} 0')
    expect(told).toContain('greenroom_jobs_done_total{job="prune",result="done"} 1')
    expect(told).toContain('greenroom_jobs_done_total{job="prune",result="failed"} 1')
    expect(told.join('\n')).not.toMatch(new RegExp(`"${fanId}@|fan=|@`))
  })
})
