import { openSeatMirror, readConcert, signOut, startSessionRevocations, verifySession } from '@greenroom/core'
import { createTestDeps } from '@greenroom/core/testing'
import { guardOf } from '@greenroom/router'
import Fastify from 'fastify'
import { concertId } from '@greenroom/contract'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { buildServer } from './build-server.ts'
import { guardAll, guardedBy, guardRoutes, readGuard, routeGuards } from './route-guards.ts'
import { apiSettings } from './testing/api-settings.ts'
import { signUpAs } from './testing/sign-up-as.ts'

const deps = await createTestDeps()
const stopRevocations = await startSessionRevocations(deps)
const seatMirror = openSeatMirror(deps)
const api = await buildServer({ deps, seatMirror, settings: apiSettings(deps) })
await api.server.ready()
afterAll(async () => {
  await api.server.close()
  stopRevocations()
  await seatMirror.close()
})

describe('every route of the api', () => {
  const routes = api.routes()

  test('declares a guard', () => {
    expect(routes.length).toBeGreaterThan(100)
    expect(routes.filter(({ guard }) => guard === undefined)).toEqual([])
  })

  const theirs = routes.filter(({ guard }) => guard?.role === 'operator' || guard?.role === 'metrics')
  /** What a caller is answered on each of them. */
  const askAll = async ({ authorization }: { authorization?: string }) =>
    await Promise.all(
      theirs.map(async ({ method, url }) => {
        const { statusCode } = await api.server.inject({
          method: methodOf(method),
          url: url.replace(/:\w+|\*/g, 'x'),
          headers: authorization === undefined ? {} : { authorization },
        })
        return { url, statusCode }
      }),
    )

  test('that is an operator’s is refused to everybody else: without a session, with one that ended, and to a fan', async () => {
    const urls = theirs.map(({ url }) => url)
    for (const url of ['/metrics', '/admin/exports/:name.csv', '/admin/seat-plans', '/admin/queues'])
      expect(urls).toContain(url)
    const fan = await signUpAs({ server: api.server, deps }, 'fan')
    const revoked = await signUpAs({ server: api.server, deps }, 'operator')
    const session = verifySession(deps, revoked.authorization.replace('Bearer ', ''))
    if (session === undefined) throw new Error('no session')
    await signOut(deps, session)
    const isNot = (status: number) => (answer: { statusCode: number }) => answer.statusCode !== status
    expect((await askAll({})).filter(isNot(401))).toEqual([])
    expect((await askAll(revoked)).filter(isNot(401))).toEqual([])
    expect((await askAll(fan)).filter(isNot(403))).toEqual([])
  })

  test('that is an operator’s is not refused to an operator: it is the role that decides', async () => {
    const answers = await askAll(await signUpAs({ server: api.server, deps }, 'operator'))
    expect(answers.filter(({ statusCode }) => statusCode === 401 || statusCode === 403)).toEqual([])
  })

  test('that calls a procedure calls one that has a guard', () => {
    const called = routes.flatMap(({ url }) => /^\/trpc\/([a-zA-Z]+\.[a-zA-Z]+)$/.exec(url)?.[1] ?? [])
    expect(called.length).toBeGreaterThan(40)
    expect(called.filter((path) => guardOf(path) === undefined)).toEqual([])
  })
})

describe('an address that is a page of the app, or nothing at all', () => {
  const addresses = [4_100_001, 4_100_002, 4_100_003].flatMap((id) => [
    `GET /concerts/${id}/shows/x`,
    `HEAD /concerts/${id}/shows/1?x=${id}`,
    `GET /concerts/${id}/line`,
    `GET /${id}`,
    `GET /v1/${id}`,
    `POST /concerts/${id}/shows/x`,
    `DELETE /${id}`,
    `OPTIONS /concerts/${id}`,
  ])

  test('is listed with the guard of what comes from memory', () => {
    expect(api.routes()).toContainEqual({ method: 'GET', url: '/*', guard: routeGuards.open })
  })

  test('asks Postgres for nothing, whoever makes up as many as they like: nobody counts them', async () => {
    const asked = spyOnStatements()
    for (const address of addresses) {
      const [method = '', url = ''] = address.split(' ')
      const { statusCode } = await api.server.inject({ method: methodOf(method), url })
      expect([200, 404]).toContain(statusCode)
    }
    expect(asked()).toBe(0)
  })

  test('guard off: a page that reads the name of its concert asks twice for each that is made up', async () => {
    const asked = spyOnStatements()
    await expect(readConcert(deps, concertId.parse(4_100_001))).rejects.toThrow('NOT_FOUND')
    await expect(readConcert(deps, concertId.parse(4_100_002))).rejects.toThrow('NOT_FOUND')
    expect(asked()).toBe(4)
  })

  test('that another handler would answer, with no guard, is not served: the api does not start', () => {
    const server = Fastify()
    guardRoutes(server, { deps })
    expect(() => server.setNotFoundHandler(() => 'secret')).toThrow('Not found handler already set')
  })
})

/** How many statements of concerts were sent from now on, by either way that there is; revoked sessions are always asked for. */
function spyOnStatements(): () => number {
  const spies = [vi.spyOn(deps.db.pool, 'query'), vi.spyOn(deps.db.sequelize, 'query')]
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore()
  })
  const texts = () => spies.flatMap((spy) => spy.mock.calls.map(([statement]) => JSON.stringify(statement)))
  return () => texts().filter((text) => /concert|show/.test(text)).length
}

/** As `inject` names them. */
function methodOf(method: string): 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' {
  for (const known of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)
    if (known === method) return known
  throw new Error(`no route has the method ${method}`)
}

describe('a server with a route that declares no guard', () => {
  test.for(['by itself', 'in a plugin'])('does not start: %s', async (where) => {
    const server = Fastify()
    guardRoutes(server, { deps })
    if (where === 'by itself') server.get('/planted', () => 'secret')
    else {
      await server.register((scope, _options, done) => {
        scope.get('/planted', () => 'secret')
        done()
      })
    }
    await expect(server.ready()).rejects.toThrow('these routes declare no guard: GET /planted')
  })

  test('starts when its scope or itself declares one; the own one counts', async () => {
    const server = Fastify()
    guardRoutes(server, { deps })
    await server.register(async (scope) => {
      guardAll(scope, routeGuards.byProcedure)
      scope.get('/scoped', () => 'a')
      scope.get('/own', guardedBy(routeGuards.open), (request) => readGuard(request.routeOptions.config))
    })
    await server.ready()
    expect((await server.inject('/own')).json()).toEqual(routeGuards.open)
    expect((await server.inject('/scoped')).body).toBe('a')
  })
})
