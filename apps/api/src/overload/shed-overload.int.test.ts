import { DomainError, errorDetails, parseWireError } from '@greenroom/contract'
import { publicProcedure, trpc } from '@greenroom/router'
import { openSeatMirror, signUp, startSessionRevocations } from '@greenroom/core'
import { createTestDeps } from '@greenroom/core/testing'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { registerCookies } from '../session-cookie.ts'
import { apiSettings } from '../testing/api-settings.ts'
import { mountTrpc, trpcHttpOptions } from '../trpc-http.ts'
import { overloadedText } from './overloaded-text.ts'
import { defaultLimits, type OverloadLoad, shedOverload } from './shed-overload.ts'

const deps = await createTestDeps()
const seatMirror = openSeatMirror(deps)
const stopRevocations = await startSessionRevocations(deps)
afterAll(async () => {
  stopRevocations()
  await seatMirror.close()
})

/** Joining and holding take somebody who is signed in. */
const person = {
  email: 'fan@greenroom.example',
  password: 'a long password',
  name: 'Fan',
  locale: 'en',
} as const
const authorization = `Bearer ${(await signUp(deps, person)).token}`

/** Room for one call of the crowd under way, and for one that waits. */
const tight = { ...defaultLimits, mostUnderWay: 1, waiting: { always: 1, ever: 1 } }
const refusalMs = 4_321

/** Joins are answered when they are released, and there is a call that refuses by itself. */
async function serve(options: { isGuarded: boolean; limits?: Partial<typeof defaultLimits> }): Promise<{
  server: FastifyInstance
  load: OverloadLoad
  joins: (() => void)[]
  ask: (path: string) => Promise<{ status: number; body: string; retryAfter: unknown }>
}> {
  const server = Fastify()
  await registerCookies(server, apiSettings(deps))
  const joins: (() => void)[] = []
  const noLoad = () => ({ waiting: 0, underWay: 0, inside: 0, refused: 0 })
  const load = options.isGuarded ? shedOverload(server, { ...tight, ...options.limits }) : noLoad
  const join = publicProcedure.mutation(async () => {
    await new Promise<void>((release) => joins.push(release))
    return 'joined'
  })
  const fullSignUp = publicProcedure.mutation((): string => {
    throw new DomainError('OVERLOADED', { retryAfterMs: refusalMs })
  })
  const router = trpc.router({
    waitingRoom: trpc.router({ join }),
    accounts: trpc.router({ signUp: fullSignUp }),
    catalogue: trpc.router({ concerts: publicProcedure.query(() => 'x'.repeat(4_000_000)) }),
    reservations: trpc.router({ hold: publicProcedure.mutation(() => 'held') }),
  })
  const parts = { deps, seatMirror, settings: apiSettings(deps) }
  await mountTrpc(server, '/trpc', { ...trpcHttpOptions(parts), router })
  server.post('/v1/concerts/:concertId/queue', () => 'joined')
  const ask = async (path: string) => {
    const headers = { 'content-type': 'application/json', authorization }
    const reply = await server.inject({ method: 'POST', url: path, headers, payload: '{}' })
    return { status: reply.statusCode, body: reply.body, retryAfter: reply.headers['retry-after'] }
  }
  return { server, load, joins, ask }
}

const join = '/trpc/waitingRoom.join'

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(1)
}

test('the crowd waits for its turn, and who finds too many waiting is refused with a time to come back', async () => {
  const { ask, load, joins } = await serve({ isGuarded: true })
  const first = ask(join)
  await until(() => joins.length === 1)
  const second = ask(join)
  await until(() => load().waiting === 1)

  const refused = await ask(join)
  expect(refused.status).toBe(503)
  const wire = parseWireError(Reflect.get(Object(JSON.parse(refused.body).error.data), 'domain'))
  const { retryAfterMs } = errorDetails.OVERLOADED.parse(wire?.details)
  expect(wire?.code).toBe('OVERLOADED')
  expect(refused.retryAfter).toBe(String(Math.ceil(retryAfterMs / 1_000)))
  expect(load()).toEqual({ waiting: 1, underWay: 1, inside: 0, refused: 1 })

  joins[0]?.()
  expect((await first).status).toBe(200)
  await until(() => joins.length === 2)
  joins[1]?.()
  expect((await second).status).toBe(200)
  await until(() => load().underWay === 0)
  const later = ask(join)
  await until(() => joins.length === 3)
  joins[2]?.()
  expect((await later).status).toBe(200)
})

test('fans inside are served while the crowd is refused', async () => {
  const { ask, joins, load } = await serve({ isGuarded: true })
  const crowd = [ask(join), ask(join), ask(join)]
  await until(() => joins.length === 1 && load().refused === 1)
  expect((await ask('/trpc/reservations.hold')).status).toBe(200)
  joins[0]?.()
  await until(() => joins.length === 2)
  joins[1]?.()
  expect((await Promise.all(crowd)).map(({ status }) => status)).toEqual([200, 200, 503])
})

describe('over real connections', () => {
  const head = (path: string, length: number): string =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`

  async function listen(limits: Partial<typeof defaultLimits>) {
    const served = await serve({ isGuarded: true, limits })
    const { port } = new URL(await served.server.listen({ host: '127.0.0.1', port: 0 }))
    const sockets: Socket[] = []
    onTestFinished(async () => {
      for (const socket of sockets) socket.destroy()
      for (const release of served.joins) release()
      await served.server.close()
    })
    const say = (text: string): Socket => {
      const socket = connect(Number(port), '127.0.0.1')
      sockets.push(socket)
      socket.write(text)
      return socket
    }
    return { ...served, say }
  }

  test('who never sends the body keeps nobody’s place, of the crowd or of fans inside', async () => {
    const { ask, say, server, joins, load } = await listen({ mostUnderWay: 2, mostInside: 2 })
    let arrived = 0
    server.server.on('request', () => {
      arrived += 1
    })
    for (let slow = 0; slow < 5; slow++) {
      say(head(join, 2))
      say(head('/trpc/reservations.hold', 2))
    }
    await until(() => arrived === 10)
    await until(() => load().underWay === 0 && load().waiting === 0)
    expect((await ask('/trpc/reservations.hold')).status).toBe(200)
    const mine = ask(join)
    await until(() => joins.length === 1)
    joins[0]?.()
    expect((await mine).status).toBe(200)
    expect(load()).toMatchObject({ underWay: 0, inside: 0 })
  })

  test('a body that comes late is worked on then, and counts from then on', async () => {
    const { say, joins, load } = await listen({ mostUnderWay: 1 })
    const late = say(head(join, 2))
    const heard = once(late, 'data')
    await sleep(50)
    expect(load().underWay).toBe(0)
    late.write('{}')
    await until(() => joins.length === 1)
    expect(load().underWay).toBe(1)
    joins[0]?.()
    expect(String(await heard)).toContain('200 OK')
    expect(load().underWay).toBe(0)
  })

  test('who hangs up counts until its call is done, and then no more', async () => {
    const { say, joins, load } = await listen({ mostUnderWay: 5 })
    const impatient = say(`${head(join, 2)}{}`)
    await until(() => joins.length === 1)
    impatient.destroy()
    await sleep(50)
    expect(load().underWay).toBe(1)
    joins[0]?.()
    await until(() => load().underWay === 0)
  })

  test('who reads no answers keeps nobody’s place', async () => {
    const { say, load, server } = await listen({ mostUnderWay: 50 })
    let arrived = 0
    server.server.on('request', () => {
      arrived += 1
    })
    const deaf = say('')
    deaf.pause()
    const asked = 'GET /trpc/catalogue.concerts HTTP/1.1\r\nHost: x\r\n\r\n'
    // each answer is 4 MB: the system does not take all of them
    for (let call = 0; call < 8; call++) deaf.write(asked)
    await until(() => arrived >= 2)
    await sleep(100)
    expect(load().underWay).toBe(0)
  })
})

test('of fans inside so many are served at once, and the next is refused', async () => {
  const { ask } = await serve({ isGuarded: true, limits: { mostInside: 0 } })
  expect((await ask('/trpc/reservations.hold')).status).toBe(503)
})

test('without it everything that is asked begins', async () => {
  const { ask, joins } = await serve({ isGuarded: false })
  const crowd = Array.from({ length: 20 }, () => ask(join))
  await until(() => joins.length === 20)
  for (const release of joins) release()
  expect((await Promise.all(crowd)).every(({ status }) => status === 200)).toBe(true)
})

test.for(['', '?batch=1'])('a refusal%s is what the call itself would answer, to the byte', async (query) => {
  const { ask } = await serve({ isGuarded: false })
  const { status, body, retryAfter } = await ask(`/trpc/accounts.signUp${query}`)
  expect({ status, retryAfter }).toEqual({ status: 503, retryAfter: '5' })
  const call = { procedures: 'accounts.signUp', isBatch: query !== '' }
  expect(overloadedText(call, refusalMs)).toBe(body)
})

test('a batch of two is refused as the adapter would answer it', async () => {
  const { ask } = await serve({ isGuarded: false })
  const procedures = 'accounts.signUp,accounts.signUp'
  const { body, retryAfter } = await ask(`/trpc/${procedures}?batch=1`)
  expect(retryAfter).toBe('5')
  expect(JSON.parse(overloadedText({ procedures, isBatch: true }, refusalMs))).toEqual(JSON.parse(body))
})

test('a batch of hundreds is refused with no more than the adapter would take', () => {
  const procedures = Array.from({ length: 2_000 }, (_, at) => `x${at}`).join(',')
  expect(JSON.parse(overloadedText({ procedures, isBatch: true }, refusalMs))).toHaveLength(20)
})

test('what was asked stands in a refusal as it was asked', () => {
  const procedures = `$& "any.procedure" 8765432100`
  const told = JSON.parse(overloadedText({ procedures, isBatch: false }, refusalMs))
  expect(told).toMatchObject({
    error: { data: { path: procedures, domain: { details: { retryAfterMs: refusalMs } } } },
  })
})

test('REST refuses in the form of every refusal of REST', async () => {
  const { ask } = await serve({
    isGuarded: true,
    limits: { mostUnderWay: 0, waiting: { always: 0, ever: 0 } },
  })
  const { status, body } = await ask('/v1/concerts/1/queue')
  expect(status).toBe(503)
  expect(parseWireError(JSON.parse(body).error)?.code).toBe('OVERLOADED')
})
