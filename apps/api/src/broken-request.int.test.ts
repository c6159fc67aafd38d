import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { parseWireError } from '@greenroom/contract'
import { expect, onTestFinished, test } from 'vitest'
import { answerBrokenRequest } from './broken-request.ts'
import { serveV1 } from './rest/v1/testing/serve-v1.ts'

const { origin } = await serveV1()

/** Writes the bytes, and reads until the server hangs up. */
async function exchange(
  bytes: string,
): Promise<{ status: number; refusal: string | undefined; body: string }> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.write(bytes)
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  const status = Number(head.split(' ')[1])
  const error: unknown = status < 400 || body === '' ? undefined : JSON.parse(body).error
  return { status, refusal: parseWireError(error)?.code, body }
}

const get = (path: string, headers: string[] = []): string =>
  [`GET ${path} HTTP/1.1`, 'host: x', 'connection: close', ...headers, '', ''].join('\r\n')

const broken: { what: string; bytes: string; status: number }[] = [
  { what: 'what is no HTTP', bytes: 'HELLO\r\n\r\n', status: 400 },
  { what: 'a header without a name', bytes: 'GET / HTTP/1.1\r\n: x\r\n\r\n', status: 400 },
  { what: 'a head of 20 kB', bytes: get('/v1/concerts', [`x-long: ${'x'.repeat(20_000)}`]), status: 431 },
  { what: 'a path that is not percent-encoded', bytes: get('/v1/concerts/%zz'), status: 400 },
  { what: 'an id of 6,000 digits', bytes: get(`/v1/concerts/${'1'.repeat(6_000)}`), status: 400 },
]

test.for(broken)('$what is refused in the form of every refusal', async ({ bytes, status }) => {
  expect(await exchange(bytes)).toMatchObject({ status, refusal: 'BAD_INPUT' })
})

test('who offers HTTP/2 is answered as asked', async () => {
  const upgrade = ['upgrade: h2c', 'http2-settings: AAMAAABkAARAAAAAAAIAAAAA']
  const { status, body } = await exchange(
    get('/v1/concerts', upgrade).replace('connection: close', 'connection: Upgrade, HTTP2-Settings, close'),
  )
  expect({ status, body: JSON.parse(body) }).toEqual({ status: 200, body: [] })
})

test('who asks for a WebSocket where there is none is refused', async () => {
  const upgrade = [
    'upgrade: websocket',
    'sec-websocket-version: 13',
    'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
  ]
  const { status } = await exchange(
    get('/v1/concerts', upgrade).replace('connection: close', 'connection: Upgrade'),
  )
  expect(status).toBe(403)
})

test('what came too slowly is refused as something to be repeated', async () => {
  const server = createServer((socket) => {
    answerBrokenRequest(Object.assign(new Error('timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const socket = connect(address.port, '127.0.0.1')
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  expect(head).toMatch(/^HTTP\/1.1 408 /)
  expect(parseWireError(JSON.parse(body).error)).toMatchObject({
    code: 'OVERLOADED',
    details: { retryAfterMs: expect.any(Number) },
  })
})
