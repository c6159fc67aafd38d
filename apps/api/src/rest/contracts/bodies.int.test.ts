import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import Fastify from 'fastify'
import { createTestDeps } from '@greenroom/core/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { openClub } from './testing/club.ts'
import { outcomeOf } from './testing/walk-in.ts'

const deps = await createTestDeps()
const club = await openClub(deps)
afterAll(club.close)

/** The request as it is written, and all that comes back. */
const sendRaw = async (head: string, body = ''): Promise<string> => {
  const socket = connect(Number(new URL(club.origin).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.write(
    `${head}\r\nhost: localhost\r\nconnection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
  return await text(socket)
}
const statusOf = (answer: string): string => answer.slice(9, 12)

test.for(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'json', '*/*', undefined])(
  'a body is JSON under the content type %s, with a GET, too',
  async (type) => {
    const id = await club.newFan(700)
    const headers = type === undefined ? {} : { 'content-type': type }
    expect(await club.send({ method: 'GET', path: '/api/charge', headers, body: { id } })).toEqual({
      status: 200,
      body: { amount: 700 },
    })
    const charge = { method: 'POST', path: '/api/charge', headers, body: { userId: id, amount: 1 } } as const
    expect(await club.send(charge)).toEqual({ status: 200, body: '충전 성공' })
  },
)

test('fields that a contract does not know are left alone, those of an object prototype refused', async () => {
  const userId = await club.newFan()
  const body = { userId, amount: 5, memo: 'x', nested: { deep: [1] } }
  expect(outcomeOf(await club.send({ method: 'POST', path: '/api/charge', body }))).toBe('200')
  const poisoned = `{"userId": ${userId}, "amount": 5, "__proto__": {"amount": 9}}`
  expect(statusOf(await sendRaw('POST /api/charge HTTP/1.1', poisoned))).toBe('400')
})

describe('with a GET', () => {
  test('a query counts more than the body', async () => {
    const [one, other] = [await club.newFan(100), await club.newFan(200)]
    const call = { method: 'GET', path: `/api/charge?id=${one}`, body: { id: other } } as const
    expect(await club.send(call)).toEqual({ status: 200, body: { amount: 100 } })
  })

  test.for(['{"id": 1', '[1]', '"1"', 'id=1'])('%s is a bad request', async (body) => {
    expect(statusOf(await sendRaw('GET /api/charge HTTP/1.1', body))).toBe('400')
  })

  test('a body of more than 256 kB is refused, announced or in chunks', async () => {
    const body = `{"id": 1, "memo": "${'x'.repeat(300_000)}"}`
    expect(statusOf(await sendRaw('GET /api/charge HTTP/1.1', body))).toBe('400')
    const chunked = await fetchChunked(body)
    expect(statusOf(chunked)).toBe('400')
    expect(chunked).toContain('larger than 262144 bytes')
  })

  const fetchChunked = async (body: string): Promise<string> => {
    const socket = connect(Number(new URL(club.origin).port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write(
      'GET /api/charge HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n',
    )
    socket.write(`${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`)
    return await text(socket)
  }
})

test.for([
  '/v1/concerts',
  '/healthz',
  '/trpc/catalogue.concerts',
  '/openapi.json',
  '/config.json',
  '/concerts',
])('GET %s is answered as ever to who names a content type and sends nothing, or something', async (path) => {
  const heads = ['application/json', 'text/xml', 'nonsense'].map(
    (type) => `GET ${path} HTTP/1.1\r\ncontent-type: ${type}`,
  )
  const answers = await Promise.all([
    sendRaw(`GET ${path} HTTP/1.1`),
    ...heads.flatMap((head) => [sendRaw(head), sendRaw(head, '{"id": 1')]),
  ])
  expect(answers.map(statusOf)).toEqual(Array.from({ length: 7 }, () => '200'))
})

test('guard off: a server told to read the bodies of GETs refuses even its pages to who names a content type', async () => {
  const server = Fastify()
  server.get('/page', () => 'page')
  await server.register((scope, _options, done) => {
    scope.addHttpMethod('GET', { hasBody: true, overrideExisting: true })
    done()
  })
  const reply = await server.inject({ url: '/page', headers: { 'content-type': 'application/json' } })
  expect(reply.statusCode).toBe(400)
  await server.close()
})
