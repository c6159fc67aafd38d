import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { admit, openSeatMirror, readBalance, startSessionRevocations } from '@greenroom/core'
import { createTestDeps, makeShow } from '@greenroom/core/testing'
import Fastify from 'fastify'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { registerCookies } from '../session-cookie.ts'
import { apiSettings } from '../testing/api-settings.ts'
import { serveTrpcWebSocket } from '../trpc-websocket.ts'
import { call, makePerson, openCaller } from './testing/open-caller.ts'

const deps = await createTestDeps()
const stopRevocations = await startSessionRevocations(deps)
const seatMirror = openSeatMirror(deps)
const settings = apiSettings(deps)
afterAll(async () => {
  stopRevocations()
  await seatMirror.close()
})

/** Nothing is too much. */
const unlimited = {
  batchCalls: 1e9,
  callsPerSocket: 1e9,
  subscriptionsPerSocket: 1e9,
  unreadBytes: 1e9,
  socketsPerAccount: 1e9,
  refusals: { burst: 1e9, perSecond: 0 },
  keepAlives: { burst: 1e9, perSecond: 0 },
}

/** An api's sockets with these limits, and none but these. */
async function serve(limits: Partial<typeof unlimited & { sockets: number }>): Promise<URL> {
  const server = Fastify()
  await registerCookies(server, settings)
  serveTrpcWebSocket(server, { deps, seatMirror, settings }, { ...unlimited, ...limits })
  onTestFinished(() => server.close())
  return new URL(await server.listen({ port: 0, host: '127.0.0.1' }))
}

const usual = await (async () => {
  const server = Fastify()
  await registerCookies(server, settings)
  serveTrpcWebSocket(server, { deps, seatMirror, settings })
  afterAll(() => server.close())
  return new URL(await server.listen({ port: 0, host: '127.0.0.1' }))
})()

const charge = (id: unknown) =>
  call(id, 'mutation', 'wallet.charge', { amountMinor: 1_000, idempotencyKey: randomUUID() })
const charges = (count: number) => Array.from({ length: count }, (_, at) => charge(at + 1))

describe('one message', () => {
  test('of 20 calls is answered, one of 21 closes the socket, and none of them is done', async () => {
    const [modest, greedy] = [await makePerson(deps), await makePerson(deps)]
    const first = await openCaller(usual, modest)
    first.send(...charges(20))
    await expect.poll(() => first.replies.length).toBe(20)
    const second = await openCaller(usual, greedy)
    second.send(...charges(21))
    await expect.poll(() => second.closed).toEqual({ code: 1008, reason: 'too many calls' })
    expect((await readBalance(deps, modest.session.accountId)).balanceMinor).toBe(20_000)
    expect((await readBalance(deps, greedy.session.accountId)).balanceMinor).toBe(0)
    expect(second.replies).toEqual([])
  })

  test('guard off: a thousand calls of one message are begun in one turn', async () => {
    const caller = await openCaller(await serve({}))
    // as short as they can be: a message has 64 kB
    const ask = { method: 'query', params: { path: 'sales.live' } }
    caller.send(...Array.from({ length: 1_000 }, (_, id) => ({ id, ...ask })))
    await expect.poll(() => caller.replies.length, { timeout: 10_000 }).toBe(1_000)
  })

  test.for([
    ['no JSON', '{"id":1,'],
    ['an id that is null, which tRPC refuses alone', [charge(null)]],
    ['an id that is no name', [{ ...charge(1), id: { $ne: 1 } }]],
    ['an id as long as a page', [{ ...charge(1), id: 'x'.repeat(101) }]],
    ['a method that is none', [{ ...charge(1), method: 'drop' }]],
    ['no params', [{ id: 1, method: 'mutation' }]],
    ['another protocol', [{ ...charge(1), jsonrpc: '1.0' }]],
    ['an array in an array', [[charge(1)]]],
    ['who calls, said a second time', [{ method: 'connectionParams', data: {} }]],
  ] as const)('with %s closes the socket, and nothing beside it is done', async ([, part]) => {
    const person = await makePerson(deps)
    const caller = await openCaller(usual, person)
    if (typeof part === 'string') caller.socket.send(part)
    else caller.send(charge(7), ...part)
    await expect.poll(() => caller.closed).toEqual({ code: 1008, reason: 'not a message' })
    expect((await readBalance(deps, person.session.accountId)).balanceMinor).toBe(0)
  })

  test('of bytes that are no text closes the socket', async () => {
    const caller = await openCaller(usual)
    caller.socket.send(Buffer.from(JSON.stringify(call(1, 'query', 'catalogue.concerts'))))
    await expect.poll(() => caller.closed.reason).toBe('not a message')
  })

  test('with an id that is in use closes the socket', async () => {
    const caller = await openCaller(usual, await makePerson(deps))
    caller.send(charge(1), charge('1'))
    await expect.poll(() => caller.replies.length).toBe(2)
    caller.send(charge(2), charge(2))
    await expect.poll(() => caller.closed).toEqual({ code: 1008, reason: 'an id that is in use' })
  })
})

test('what comes in one piece is begun in one turn, so calls that are not answered are counted, however they are packed', async () => {
  const caller = await openCaller(await serve({ callsPerSocket: 30 }), await makePerson(deps))
  for (const each of charges(30)) caller.send(each)
  await expect.poll(() => caller.replies.length).toBe(30)
  caller.send(...charges(31))
  await expect.poll(() => caller.closed).toEqual({ code: 1008, reason: 'too many calls' })
})

describe('a subscription', () => {
  const watch = (id: number, concertId: number) =>
    call(id, 'subscription', 'waitingRoom.onEntry', { concertId })
  const stop = (id: number) => ({ id, jsonrpc: '2.0', method: 'subscription.stop' })

  test('counts until it has ended, not until its end was asked for', async () => {
    const { concertId } = await makeShow(deps)
    const caller = await openCaller(await serve({ subscriptionsPerSocket: 3 }), await makePerson(deps))
    for (const id of [1, 2, 3]) caller.send(watch(id, concertId), stop(id))
    await expect.poll(() => caller.typesOf(3)).toContain('data')
    expect(caller.closed).toEqual({})
    caller.send(watch(4, concertId), stop(4))
    await expect.poll(() => caller.closed).toEqual({ code: 1008, reason: 'too many subscriptions' })
  })

  test('that has ended, or was refused, makes room', async () => {
    const { concertId } = await makeShow(deps)
    const caller = await openCaller(await serve({ subscriptionsPerSocket: 1 }), await makePerson(deps))
    for (const id of [1, 2, 3]) {
      caller.send(watch(id, concertId))
      await expect.poll(() => caller.typesOf(id)).toEqual(['started', 'data'])
      caller.send(stop(id))
      await expect.poll(() => caller.typesOf(id).at(-1)).toBe('stopped')
    }
    for (const id of [4, 5]) {
      caller.send(watch(id, 999_999))
      await expect.poll(() => caller.typesOf(id)).toContain('NOT_FOUND')
    }
    caller.send(watch(6, concertId))
    await expect.poll(() => caller.typesOf(6)).toEqual(['started', 'data'])
    expect(caller.closed).toEqual({})
  })

  test('guard off: one whose end was asked for as it began lives on, and is told of every offer', async () => {
    const { concertId } = await makeShow(deps)
    const caller = await openCaller(await serve({}), await makePerson(deps))
    caller.send(watch(1, concertId), stop(1), { ...charge(null), id: null })
    // the whole of that message is refused; without the last of it, it is done
    await expect.poll(() => caller.closed.code).toBe(1008)
    const other = await openCaller(await serve({}), await makePerson(deps))
    for (let id = 1; id <= 300; id++) other.send(watch(id, concertId), stop(id))
    await expect.poll(() => other.typesOf(300)).toContain('data')
    await admit(deps, { concertId })
    expect(other.replies.filter(({ result }) => result?.type === 'stopped')).toEqual([])
    expect(other.socket.readyState).toBe(WebSocket.OPEN)
  })
})

describe('answers that are not read', () => {
  /** Each is answered with as much as it asks; kernels take some MB of it. */
  const asks = 400
  const bytes = 60_000

  async function askUnread(unreadBytes: number) {
    const caller = await openCaller(await serve({ unreadBytes }))
    caller.socket.pause()
    for (let id = 0; id < asks; id++) caller.send(call(id, 'query', `nothing.${'x'.repeat(bytes)}`))
    await expect.poll(() => caller.socket.bufferedAmount, { timeout: 15_000 }).toBe(0)
    caller.socket.resume()
    return caller
  }

  test('are kept up to a bound: then the socket is closed', async () => {
    const caller = await askUnread(256 * 1024)
    await expect
      .poll(() => caller.closed, { timeout: 15_000 })
      .toEqual({ code: 1008, reason: 'answers that are not read' })
    expect(caller.replies.length).toBeLessThan(asks)
  })

  test('guard off: all are kept for as long as the client says that it lives', async () => {
    const caller = await askUnread(1e9)
    await expect.poll(() => caller.replies.length, { timeout: 15_000 }).toBe(asks)
  })
})

describe('who may not call', () => {
  const ask = (id: number) => call(id, 'query', 'history.audit')

  test('is refused so many times, and then closed', async () => {
    const caller = await openCaller(await serve({ refusals: { burst: 5, perSecond: 0 } }))
    for (let id = 1; id <= 6; id++) caller.send(ask(id))
    await expect.poll(() => caller.closed).toEqual({ code: 1008, reason: 'too many refused calls' })
    expect(caller.typesOf(5)).toEqual(['SIGN_IN_REQUIRED'])
  })

  test('guard off: is refused for ever, and counted nowhere', async () => {
    const caller = await openCaller(await serve({}))
    for (let id = 1; id <= 1_000; id++) caller.send(ask(id))
    await expect.poll(() => caller.replies.length, { timeout: 10_000 }).toBe(1_000)
  })
})

describe('signs of life', () => {
  const keepAlives = { burst: 10, perSecond: 0 }

  test.for(['of tRPC’s', 'of the protocol'])(
    'that are asked for all the time end the socket: %s',
    async (kind) => {
      const { socket, closed } = await openCaller(await serve({ keepAlives }))
      const ask = () => (kind === 'of tRPC’s' ? socket.send('PING') : socket.ping())
      for (let time = 0; time < 10; time++) ask()
      const [answer] = await once(socket, kind === 'of tRPC’s' ? 'message' : 'pong')
      expect(String(answer)).toBe(kind === 'of tRPC’s' ? 'PONG' : '')
      expect(closed).toEqual({})
      ask()
      await expect.poll(() => closed.code).toBe(1006)
    },
  )
})

describe('one account', () => {
  test('has a bounded number of sockets, is told so, and has room again when one closes', async () => {
    const url = await serve({ socketsPerAccount: 2 })
    const [greedy, other] = [await makePerson(deps), await makePerson(deps)]
    const [first] = [await openCaller(url, greedy), await openCaller(url, greedy)]
    const third = await openCaller(url, greedy)
    await expect.poll(() => third.closed.code).toBe(1005)
    expect(third.replies).toMatchObject([{ id: null, error: { data: { domain: { code: 'RATE_LIMITED' } } } }])
    const works = async (person: typeof greedy) => {
      const caller = await openCaller(url, person)
      caller.send(call(1, 'query', 'wallet.balance'))
      await expect.poll(() => caller.replies.length).toBe(1)
      caller.socket.close()
      return caller.typesOf(1)[0] === 'data'
    }
    expect(await works(other)).toBe(true)
    first?.socket.close()
    await expect.poll(() => works(greedy)).toBe(true)
  })

  test('guard off: it has all the sockets of an api, and nobody else one', async () => {
    const url = await serve({ sockets: 5 })
    const greedy = await makePerson(deps)
    for (let count = 0; count < 5; count++) await openCaller(url, greedy)
    await expect(openCaller(url, await makePerson(deps))).rejects.toThrow('503')
  })
})
