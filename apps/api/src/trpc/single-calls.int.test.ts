import { openSeatMirror, startSessionRevocations } from '@greenroom/core'
import { createTestDeps, makeShow, setRole } from '@greenroom/core/testing'
import { appRouter } from '@greenroom/router'
import type { TRPCRouterRecord } from '@trpc/server'
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import fc from 'fast-check'
import type { FastifyReply } from 'fastify'
import { afterAll, describe, expect, test } from 'vitest'
import { buildServer } from '../build-server.ts'
import { guardAll, routeGuards } from '../route-guards.ts'
import { apiSettings } from '../testing/api-settings.ts'
import { mountTrpc, trpcHttpOptions } from '../trpc-http.ts'
import type { TrpcHttpOptions } from './single-calls.ts'
import { anyCall, type Procedures } from './testing/any-call.ts'
import { comparableAnswer, isFromSingleCall } from './testing/comparable-answer.ts'
import { oddInputsOf, oddRouter } from './testing/odd-router.ts'
import { type HttpAnswer, type HttpCall, openSender } from './testing/send-call.ts'

const callsEach = 3_000
/** A control ends at the first deviation it meets; 1,000 calls have once met none of a rare one. */
const callsUntilFound = 20_000
const timeoutMs = 300_000

const deps = await createTestDeps()
const stopRevocations = await startSessionRevocations(deps)
const seatMirror = openSeatMirror(deps)
const parts = { deps, seatMirror, settings: apiSettings(deps) }
const { showId, concertId } = await makeShow(deps)

const { server } = await buildServer(parts)
const options = trpcHttpOptions(parts)
const oddOptions = { ...options, router: oddRouter }
const noContext = {
  ...options,
  createContext: () => {
    throw new Error('nobody knows who calls')
  },
}
// all below what is a program's path, and none where the product's own would take it
await mountStock('/trpc/beside/stock', options)
await mountTrpc(server, '/trpc/beside/odd', oddOptions)
await mountStock('/trpc/beside/odd-stock', oddOptions)
await mountTrpc(server, '/trpc/beside/no-context', noContext)
await mountStock('/trpc/beside/no-context-stock', noContext)

/** What a copy of a wire format may get wrong, each in a few answers only. */
const deviations: Record<string, (reply: FastifyReply, body: string) => string> = {
  'a status': (reply, body) => {
    if (reply.statusCode === 409) void reply.code(410)
    return body
  },
  'a header': (reply, body) => {
    if (reply.statusCode === 503) void reply.removeHeader('vary')
    return body
  },
  'a byte of a body': (_reply, body) => body.replace('"input":null', '"input":{}'),
}
for (const [name, deviate] of Object.entries(deviations)) {
  await server.register(async (scope) => {
    scope.addHook('onSend', async (_request, reply, body) =>
      typeof body === 'string' ? deviate(reply, body) : body,
    )
    await mountTrpc(scope, `/trpc/beside/${name.replaceAll(' ', '-')}`, oddOptions)
  })
}

const { port } = new URL(await server.listen({ host: '127.0.0.1', port: 0 }))
const { send, close } = openSender(Number(port))
afterAll(async () => {
  close()
  await server.close()
  stopRevocations()
  await seatMirror.close()
})

/** The adapter as it comes. */
async function mountStock(prefix: string, trpcOptions: TrpcHttpOptions): Promise<void> {
  await server.register(
    (scope, _options, done) => {
      guardAll(scope, routeGuards.byProcedure)
      fastifyTRPCPlugin(scope, { trpcOptions }, done)
    },
    { prefix },
  )
}

const post = (procedure: string, input: unknown, headers: Record<string, string> = {}): HttpCall => ({
  method: 'POST',
  target: `/${procedure}`,
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(JSON.stringify(input)),
})
const fanNamed = (name: string) => ({ email: `${name}@test.example`, password: 'a long password', name })
const signUp = (prefix: string, name: string) => send(prefix, post('accounts.signUp', fanNamed(name)))
const tokenOf = (answer: HttpAnswer): string =>
  /"token":"([^"]+)"/.exec(answer.body)?.[1] ?? expect.unreachable(answer.body)

const fan = tokenOf(await signUp('/trpc/beside/stock', 'fan'))
await signUp('/trpc/beside/stock', 'operator')
await setRole(deps, 'operator@test.example', 'operator')
const operator = tokenOf(await send('/trpc/beside/stock', post('accounts.signIn', fanNamed('operator'))))
const signedOut = tokenOf(await signUp('/trpc/beside/stock', 'gone'))
await send('/trpc/beside/stock', post('accounts.signOut', {}, { authorization: `Bearer ${signedOut}` }))

const callers: Record<string, string>[] = [
  {},
  { authorization: `Bearer ${fan}` },
  { authorization: `bearer   ${operator}` },
  { authorization: fan },
  { authorization: `Bearer ${signedOut}` },
  { authorization: 'Basic Zm9vOmJhcg==' },
  { authorization: `Bearer ${fan}x` },
  { authorization: '' },
  { cookie: `greenroom_session=${fan}` },
  { cookie: `a=b; greenroom_session=${operator}; c` },
  { cookie: `greenroom_session=${fan}; greenroom_session=${operator}` },
  { cookie: 'greenroom_session=' },
  { cookie: 'greenroom_session=%zz; ;;=' },
  { cookie: `greenroom_session=${operator}`, authorization: `Bearer ${fan}` },
]

function proceduresOf(router: TrpcHttpOptions['router'], inputsOf: Procedures['inputsOf']): Procedures {
  const all: TRPCRouterRecord = router._def.procedures
  const ofType = (type: string) =>
    Object.entries(all).flatMap(([path, each]) =>
      typeof each === 'function' && each._def.type === type ? [path] : [],
    )
  return {
    queries: ofType('query'),
    mutations: ofType('mutation').filter((path) => !answeredOnce.includes(path)),
    subscriptions: ofType('subscription'),
    inputsOf,
    callers,
  }
}

/** Not the same when asked again: two would sign the callers out one by one, of which one has a test of its own below. */
const answeredOnce = ['accounts.signOut', 'accounts.signOutEverywhere', 'waitingRoom.leave']

const productInputs = [
  {},
  { concertId },
  { showId },
  { concertId: 999_999 },
  { showId: 999_999 },
  { concertId: String(concertId) },
  { concertId, pass: 'x'.repeat(40) },
  { showId, pass: 'x'.repeat(40) },
  { reservationId: 1 },
  { paymentId: 1 },
  { locale: 'ko' },
  { email: 'fan@test.example', password: 'wrong' },
  { code: 'nothing', showId },
]

/** Sends each call to both and holds one answer against the other; tells how many of them a single call's route answered. */
function compare(prefix: string, stockPrefix: string, procedures: Procedures) {
  const seen = { single: 0 }
  const property = fc.asyncProperty(anyCall(procedures), async (call) => {
    const ours = await send(prefix, call)
    const theirs = await send(stockPrefix, call)
    expect(comparableAnswer(prefix, ours)).toEqual(comparableAnswer(stockPrefix, theirs))
    if (call.method !== 'HEAD') expectWholeBody(ours)
    if (isFromSingleCall(ours)) seen.single++
  })
  return { property, seen }
}

function expectWholeBody({ headers, body }: HttpAnswer): void {
  const length = headers['content-length']
  if (length !== undefined && length !== '0') expect(Number(length)).toBe(body.length)
}

describe('a single call is answered as the stock adapter answers it, to the byte', () => {
  test.for([
    ['/trpc', '/trpc/beside/stock', proceduresOf(appRouter, () => productInputs)],
    ['/trpc/beside/odd', '/trpc/beside/odd-stock', proceduresOf(oddRouter, oddInputsOf)],
    [
      '/trpc/beside/no-context',
      '/trpc/beside/no-context-stock',
      proceduresOf(appRouter, () => productInputs),
    ],
  ] as const)(
    `%s, ${callsEach} generated calls`,
    { timeout: timeoutMs },
    async ([prefix, stockPrefix, procedures]) => {
      const { property, seen } = compare(prefix, stockPrefix, procedures)
      await fc.assert(property, { numRuns: callsEach })
      // else the stock adapter would have been compared with itself
      expect(seen.single).toBeGreaterThan(callsEach / 4)
    },
  )

  test.for(Object.keys(deviations))(
    'control: %s that differs now and then is found',
    { timeout: timeoutMs },
    async (name) => {
      const procedures = proceduresOf(oddRouter, oddInputsOf)
      const { property } = compare(
        `/trpc/beside/${name.replaceAll(' ', '-')}`,
        '/trpc/beside/odd-stock',
        procedures,
      )
      const { failed } = await fc.check(property, { numRuns: callsUntilFound, endOnFailure: true })
      expect(failed).toBe(true)
    },
  )
})

describe('what has an answer of its own each time is the same but for that', () => {
  const masked = (prefix: string, answer: HttpAnswer): unknown =>
    JSON.parse(JSON.stringify(comparableAnswer(prefix, answer)).replace(/eyJ[\w.-]+/g, 'a token'))

  test('accounts.signIn sets the cookie to the token', async () => {
    const signIn = post('accounts.signIn', fanNamed('fan'))
    const [ours, theirs] = [await send('/trpc', signIn), await send('/trpc/beside/stock', signIn)]
    expect(ours.headers['set-cookie']?.[0]).toContain(tokenOf(ours))
    expect(masked('/trpc', ours)).toEqual(masked('/trpc/beside/stock', theirs))
  })

  test.for(['', '?batch=1'])(
    'accounts.signOut%s takes the cookie back and ends the session',
    async (query) => {
      const outcomes = []
      for (const prefix of ['/trpc', '/trpc/beside/stock']) {
        const cookie = `greenroom_session=${tokenOf(await send('/trpc', post('accounts.signIn', fanNamed('fan'))))}`
        const answer = await send(prefix, post(`accounts.signOut${query}`, {}, { cookie }))
        const after = await send('/trpc', {
          method: 'GET',
          target: '/wallet.balance',
          headers: { cookie },
          body: null,
        })
        outcomes.push({ ...comparableAnswer(prefix, answer), after: after.status })
      }
      expect(outcomes[0]).toEqual(outcomes[1])
      expect(outcomes[0]).toMatchObject({
        status: 200,
        after: 401,
        headers: { 'set-cookie': [expect.anything()] },
      })
    },
  )
})

test('a body over the limit is refused as the stock adapter refuses it', async () => {
  const payload = JSON.stringify({ name: 'x'.repeat(300_000) })
  const sendLarge = (prefix: string) =>
    server.inject({
      method: 'POST',
      url: `${prefix}/m.echo`,
      headers: { 'content-type': 'application/json' },
      payload,
    })
  const [ours, theirs] = [await sendLarge('/trpc/beside/odd'), await sendLarge('/trpc/beside/odd-stock')]
  expect(ours.statusCode).toBe(400)
  expect(ours).toMatchObject({ statusCode: theirs.statusCode, body: theirs.body })
})
