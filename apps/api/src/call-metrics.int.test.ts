import { createTestDeps, makeFan, makeShow } from '@greenroom/core/testing'
import { type LoadWindow, openSeatMirror } from '@greenroom/core'
import { once } from 'node:events'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { buildServer } from './build-server.ts'
import { apiSettings } from './testing/api-settings.ts'

const base = await createTestDeps()
const metricsToken = 'a token for tests alone'
const deps = { ...base, settings: { ...base.settings, metricsToken } }
const seatMirror = openSeatMirror(deps)
const { server } = await buildServer({ deps, seatMirror, settings: apiSettings(deps) })
afterAll(async () => {
  await server.close()
  await seatMirror.close()
})

const scrape = async (): Promise<string[]> => {
  const reply = await server.inject({ url: '/metrics', headers: { authorization: `Bearer ${metricsToken}` } })
  expect(reply.statusCode).toBe(200)
  return reply.body.split('\n')
}

test('each call of a procedure is counted by how it came and what came of it', async () => {
  const { showId } = await makeShow(deps)
  await makeFan(deps)
  const of = (input: unknown): string => encodeURIComponent(JSON.stringify(input))
  await server.inject(`/trpc/catalogue.stock?input=${of({ showId })}`)
  await server.inject(`/trpc/catalogue.stock?input=${of({ showId: 999_999 })}`)
  await server.inject(
    `/trpc/catalogue.stock,catalogue.concerts?batch=1&input=${of({ 0: { showId }, 1: undefined })}`,
  )
  await server.inject(`/v1/shows/${showId}/stock`)
  await server.inject('/trpc/wallet.balance')
  await server.inject('/trpc/nothing.here')
  const told = await scrape()
  const calls = (procedure: string, transport: string, outcome: string): string =>
    `greenroom_procedure_calls_total{procedure="${procedure}",transport="${transport}",outcome="${outcome}"}`
  expect(told).toContain(`${calls('catalogue.stock', 'http', 'done')} 2`)
  expect(told).toContain(`${calls('catalogue.stock', 'http', 'NOT_FOUND')} 1`)
  expect(told).toContain(`${calls('catalogue.concerts', 'http', 'done')} 1`)
  expect(told).toContain(`${calls('catalogue.stock', 'rest', 'done')} 1`)
  expect(told).toContain(`${calls('wallet.balance', 'http', 'SIGN_IN_REQUIRED')} 1`)
  expect(told).toContain('greenroom_procedure_duration_seconds_count{procedure="catalogue.stock"} 4')
  // what is no procedure makes no series, or anybody could make any number of them
  expect(told.some((line) => line.includes('nothing.here'))).toBe(false)
})

test('calls over a socket are counted and are part of the load', async () => {
  const own = await buildServer({ deps, seatMirror, settings: apiSettings(deps) })
  onTestFinished(() => own.server.close())
  const { port } = new URL(await own.server.listen({ host: '127.0.0.1', port: 0 }))
  const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`)
  await once(socket, 'open')
  const answered = once(socket, 'message')
  socket.send(JSON.stringify({ id: 1, method: 'query', params: { path: 'catalogue.concerts' } }))
  await answered
  socket.terminate()
  const headers = { authorization: `Bearer ${metricsToken}` }
  const told = (await own.server.inject({ url: '/metrics', headers })).body.split('\n')
  expect(told).toContain(
    'greenroom_procedure_calls_total{procedure="catalogue.concerts",transport="websocket",outcome="done"} 1',
  )
  expect(own.loadWindow.report({ lagP99Ms: 0 }).crowd.reduce((sum, count) => sum + count, 0)).toBe(1)
})

test('refusals are told apart by what made them, over HTTP, in a batch, over a socket, as a route of REST and of a contract', async () => {
  const api = { deps, seatMirror, settings: { ...apiSettings(deps), contracts: 'open' as const } }
  const own = await buildServer(api)
  onTestFinished(() => own.server.close())
  const { port } = new URL(await own.server.listen({ host: '127.0.0.1', port: 0 }))
  const of = (input: unknown): string => encodeURIComponent(JSON.stringify(input))
  const counted = countRefusals(own.loadWindow)
  const unknown = { showId: 999_999 }
  await own.server.inject(`/trpc/catalogue.stock?input=${of(unknown)}`)
  expect(counted()).toEqual({ overload: 0, rules: 1 })
  const batch = `/trpc/catalogue.stock,catalogue.concerts,wallet.balance?batch=1&input=${of({ 0: unknown })}`
  expect((await own.server.inject(batch)).statusCode).toBe(207)
  expect(counted()).toEqual({ overload: 0, rules: 3 })
  expect((await own.server.inject('/v1/shows/999999/stock')).statusCode).toBe(404)
  expect(counted()).toEqual({ overload: 0, rules: 4 })
  expect((await own.server.inject('/balance/999999')).statusCode).toBe(404)
  expect(counted()).toEqual({ overload: 0, rules: 5 })

  const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`)
  await once(socket, 'open')
  const answered = once(socket, 'message')
  socket.send(JSON.stringify({ id: 1, method: 'query', params: { path: 'wallet.balance' } }))
  await answered
  socket.terminate()
  expect(counted()).toEqual({ overload: 0, rules: 6 })

  const { pool } = deps.db
  const away = { ...deps, db: { ...deps.db, pool: new Proxy(pool, { get: () => refuseConnection }) } }
  const without = await buildServer({ ...api, deps: away })
  onTestFinished(() => without.server.close())
  const countedWithout = countRefusals(without.loadWindow)
  const reply = await without.server.inject(`/trpc/catalogue.stock?input=${of(unknown)}`)
  expect(reply.statusCode).toBe(503)
  expect(countedWithout()).toEqual({ overload: 1, rules: 0 })
  expect(without.loadWindow.report({ lagP99Ms: 0 }).crowd.every((count) => count === 0)).toBe(true)
})

/** All of them, however long it takes: the window itself forgets after three seconds. */
function countRefusals(window: LoadWindow): () => Record<'overload' | 'rules', number> {
  const { noteRefused } = window
  const counts = { overload: 0, rules: 0 }
  window.noteRefused = (because) => {
    counts[because] += 1
    noteRefused(because)
  }
  return () => ({ ...counts })
}

/** What a pool says whose server is gone. */
function refuseConnection(): never {
  throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
}

test('holds, payments and refunds are counted by what came of them, and begin at 0', async () => {
  const told = await scrape()
  for (const name of ['holds', 'payments', 'refunds'])
    expect(told).toContain(`greenroom_${name}_total{outcome="done"} 0`)
})

test('a proxy that is not named is told: whoever comes through it is counted, and probes around it are not', async () => {
  const own = await buildServer({ deps, seatMirror, settings: apiSettings(deps) })
  onTestFinished(() => own.server.close())
  const headers = { authorization: `Bearer ${metricsToken}` }
  for (const forwarded of ['203.0.113.9', '203.0.113.10'])
    await own.server.inject({ url: '/v1/concerts', headers: { 'x-forwarded-for': forwarded } })
  await own.server.inject('/v1/concerts')
  await own.server.inject('/readyz')
  const told = (await own.server.inject({ url: '/metrics', headers })).body.split('\n')
  expect(told.filter((line) => line.startsWith('greenroom_forwarded_words_total'))).toEqual([
    'greenroom_forwarded_words_total{word="none"} 1',
    'greenroom_forwarded_words_total{word="believed"} 0',
    'greenroom_forwarded_words_total{word="ignored"} 2',
    'greenroom_forwarded_words_total{word="missing"} 0',
  ])
})
