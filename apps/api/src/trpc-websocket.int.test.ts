import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import {
  admit,
  openSeatMirror,
  signOut,
  signUp,
  startSessionRevocations,
  verifySession,
} from '@greenroom/core'
import { createTestDeps, makeShow, openProcess } from '@greenroom/core/testing'
import Fastify from 'fastify'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { buildServer } from './build-server.ts'
import { registerCookies } from './session-cookie.ts'
import { apiSettings } from './testing/api-settings.ts'
import { serveTrpcWebSocket } from './trpc-websocket.ts'

const deps = await createTestDeps()
const stopRevocations = await startSessionRevocations(deps)
const seatMirror = openSeatMirror(deps)
const settings = apiSettings(deps, { publicOrigin: 'https://tickets.example' })
const { server } = await buildServer({ deps, seatMirror, settings })
const url = new URL(await server.listen({ port: 0, host: '127.0.0.1' }))
afterAll(async () => {
  await server.close()
  stopRevocations()
  await seatMirror.close()
})

type Reply = { id: number; result?: { type?: string }; error?: { data: { domain: { code: string } } } }

/** A signed-in socket and what came over it. */
async function openSocket(to = url) {
  const email = `${randomUUID()}@greenroom.example`
  const { token } = await signUp(deps, { email, password: 'greenroom', name: 'Fan', locale: 'en' })
  const session = verifySession(deps, token)
  if (session === undefined) throw new Error('no session')
  const socket = new WebSocket(`ws://${to.host}/trpc`, { headers: { authorization: `Bearer ${token}` } })
  onTestFinished(() => socket.close())
  const replies: Reply[] = []
  socket.on('message', (text: Buffer) => replies.push(JSON.parse(text.toString('utf8')) as Reply))
  const closed: unknown[] = []
  socket.on('close', (code, reason) => closed.push(code, reason.toString('utf8')))
  await once(socket, 'open')
  const send = (id: number, method: string, path: string, input?: unknown) =>
    socket.send(JSON.stringify({ id, jsonrpc: '2.0', method, params: { path, input } }))
  const answersTo = (id: number) => replies.filter((reply) => reply.id === id)
  return { token, session, send, replies, answersTo, closed }
}

/** An api in a process that learns of no sign-out but its own, and so closes no socket: what each call does by itself. */
async function serveUnswept() {
  const own = { ...deps }
  const stop = await startSessionRevocations(own)
  stop()
  const unswept = Fastify()
  await registerCookies(unswept, settings)
  serveTrpcWebSocket(unswept, { deps: own, seatMirror, settings })
  onTestFinished(() => unswept.close())
  return { own, address: new URL(await unswept.listen({ port: 0, host: '127.0.0.1' })) }
}

test('whoever signs out is refused at once over a socket that was opened before', async () => {
  const { own, address } = await serveUnswept()
  const { session, send, answersTo } = await openSocket(address)
  send(1, 'query', 'wallet.balance')
  await expect.poll(() => answersTo(1)).toMatchObject([{ result: {} }])
  await signOut(own, session)
  send(2, 'query', 'wallet.balance')
  await expect
    .poll(() => answersTo(2))
    .toMatchObject([{ error: { data: { domain: { code: 'SIGN_IN_REQUIRED' } } } }])
})

test('a sign-out in another process closes the socket within a second, though nothing is asked or told, and the crowd has every connection', async () => {
  const [leaving, staying] = [await openSocket(), await openSocket()]
  const { concertId } = await makeShow(deps)
  for (const { send, answersTo } of [leaving, staying]) {
    send(1, 'subscription', 'waitingRoom.onEntry', { concertId })
    await expect.poll(() => answersTo(1).map(({ result }) => result?.type)).toEqual(['started', 'data'])
  }
  const other = openProcess(deps)
  const taken = await Promise.all(Array.from({ length: 10 }, () => deps.db.pool.connect()))
  onTestFinished(() => {
    for (const connection of taken) connection.release()
  })
  await signOut(other, leaving.session)
  await vi.waitFor(() => expect(leaving.closed).toEqual([1008, 'signed out']), { timeout: 1_000 })
  expect(staying.closed).toEqual([])
})

test('what somebody subscribed to says nothing after they signed out, and ends with the next tick of the line', async () => {
  const { concertId } = await makeShow(deps)
  const { own, address } = await serveUnswept()
  const [leaving, staying] = [await openSocket(address), await openSocket(address)]
  for (const { send } of [leaving, staying]) send(1, 'subscription', 'waitingRoom.onEntry', { concertId })
  for (const { answersTo } of [leaving, staying])
    await expect.poll(() => answersTo(1).map(({ result }) => result?.type)).toEqual(['started', 'data'])
  await signOut(own, leaving.session)
  await admit(deps, { concertId })
  await expect.poll(() => leaving.answersTo(1).at(-1)?.result?.type).toBe('stopped')
  expect(staying.answersTo(1).at(-1)?.result?.type).toBe('data')
})

test('there are no subscriptions over plain HTTP: such a stream would outlast a server that has to go', async () => {
  const { concertId } = await makeShow(deps)
  const { token } = await openSocket()
  const input = encodeURIComponent(JSON.stringify({ concertId }))
  const reply = await fetch(new URL(`/trpc/waitingRoom.onEntry?input=${input}`, url), {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
  })
  // the whole of it: it ends by itself, and says no entry
  expect(await reply.text()).toMatch(/"code":"BAD_INPUT"/)
})

test('whoever names a host that is none is told so, and does not take the api along', async () => {
  const caller = connect(Number(url.port), '127.0.0.1')
  caller.write(
    'GET /trpc HTTP/1.1\r\nhost: [\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  )
  expect(await text(caller)).toMatch(/^HTTP\/1\.1 400/)
  expect((await fetch(new URL('/healthz', url))).status).toBe(200)
})

test('whoever asks for an upgrade and hangs up does not take the api along', async () => {
  const request = (path: string) =>
    `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`
  for (const path of ['/elsewhere', '/trpc']) {
    const caller = connect(Number(url.port), '127.0.0.1', () => caller.write(request(path)))
    await setTimeout(50)
    caller.resetAndDestroy()
  }
  await setTimeout(50)
  expect((await fetch(new URL('/healthz', url))).status).toBe(200)
})

test('a full api takes no more sockets, and takes one again when one closes', async () => {
  const small = Fastify()
  await registerCookies(small, settings)
  serveTrpcWebSocket(small, { deps, seatMirror, settings }, { sockets: 1 })
  const address = new URL(await small.listen({ port: 0, host: '127.0.0.1' }))
  onTestFinished(() => small.close())
  const open = async () => {
    const socket = new WebSocket(`ws://${address.host}/trpc`)
    await once(socket, 'open')
    return socket
  }
  const first = await open()
  await expect(open()).rejects.toThrow('503')
  first.close()
  await expect.poll(() => open().then(({ readyState }) => readyState, String)).toBe(WebSocket.OPEN)
})

describe('one address', () => {
  /** Sockets that are opened one after the other from there; each is open, or the answer that it got instead. */
  async function openFrom(address: string, limit: number, count: number) {
    const limited = { ...settings, trustProxy: 1, maxSocketsPerAddress: limit }
    const small = Fastify()
    await registerCookies(small, limited)
    serveTrpcWebSocket(small, { deps, seatMirror, settings: limited }, { sockets: 4 })
    const { host } = new URL(await small.listen({ port: 0, host: '127.0.0.1' }))
    onTestFinished(() => small.close())
    const open = async (
      from: string,
    ): Promise<WebSocket | { status: number; retryAfter: unknown; body: string }> => {
      const socket = new WebSocket(`ws://${host}/trpc`, { headers: { 'x-forwarded-for': from } })
      const refused = new Promise<IncomingMessage>((resolve) => {
        socket.once('unexpected-response', (_request, reply) => resolve(reply))
      }).then(async (reply) => ({
        status: reply.statusCode ?? 0,
        retryAfter: reply.headers['retry-after'],
        body: await text(reply),
      }))
      return await Promise.race([once(socket, 'open').then(() => socket), refused])
    }
    const sockets = []
    for (let at = 0; at < count; at++) sockets.push(await open(address))
    return { sockets, open }
  }

  test('has a bounded number of sockets, is told so in the form of every refusal, and has room again when one closes', async () => {
    const { sockets, open } = await openFrom('2001:db8:1:1::1', 2, 3)
    const answers = sockets.map((each) => (each instanceof WebSocket ? 'open' : each.status))
    expect(answers).toEqual(['open', 'open', 429])
    const [first, , third] = sockets
    if (!(first instanceof WebSocket) || third === undefined || third instanceof WebSocket)
      throw new Error('the first is open, the third refused')
    expect(third).toMatchObject({ status: 429, retryAfter: '10' })
    expect(JSON.parse(third.body)).toEqual({
      error: { code: 'RATE_LIMITED', message: expect.any(String), details: { retryAfterMs: 10_000 } },
    })
    expect(await open('2001:db8:1:1:ffff::2')).toMatchObject({ status: 429 })
    expect(await open('2001:db8:1:2::1')).toBeInstanceOf(WebSocket)
    first.close()
    const isOpenAgain = async (): Promise<boolean> => (await open('2001:db8:1:1::1')) instanceof WebSocket
    await expect.poll(isOpenAgain).toBe(true)
  })

  test('guard off: it has all the sockets of an api, and a fan elsewhere none', async () => {
    const { sockets, open } = await openFrom('203.0.113.9', 1_000, 4)
    expect(sockets.every((each) => each instanceof WebSocket)).toBe(true)
    expect(await open('198.51.100.1')).toMatchObject({ status: 503 })
  })
})

test('a call that is under way when the api has to go is answered, and only then its socket is sent away', async () => {
  const leaving = (await buildServer({ deps, seatMirror, settings })).server
  const { session, send, replies } = await openSocket(
    new URL(await leaving.listen({ port: 0, host: '127.0.0.1' })),
  )
  const holdUp = await deps.db.pool.connect()
  await holdUp.query('begin')
  await holdUp.query('select from wallets where account_id = $1 for update', [session.accountId])
  const { rows } = await holdUp.query<{ id: string }>('select pg_current_xact_id()::xid::text as id')
  send(1, 'mutation', 'wallet.charge', { amountMinor: 1_000, idempotencyKey: randomUUID() })
  await expect.poll(() => countWaiting(rows[0]?.id)).toBe(1)
  const closed = leaving.close()
  await setTimeout(50)
  expect(replies).toEqual([])
  await holdUp.query('rollback')
  holdUp.release()
  await closed
  await expect
    .poll(() => replies)
    .toMatchObject([
      { id: 1, result: { data: { balanceMinor: 1_000 } } },
      { id: null, method: 'reconnect' },
    ])
})

/** Those who wait for a transaction to end. */
async function countWaiting(transactionId: string | undefined): Promise<number> {
  const { rowCount } = await deps.db.pool.query(
    'select from pg_locks where not granted and transactionid = $1::text::xid',
    [transactionId],
  )
  return rowCount ?? 0
}
