import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { requestOften } from './http-load.ts'

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

const limits = { count: 100, atOnce: 8, maxMs: 10_000 }

test('each request is answered once and counted, on as many connections as asked for', async () => {
  const connections = new Set<unknown>()
  let seen = 0
  const port = await serve((request, reply) => {
    connections.add(request.socket)
    request.on('data', (body: Buffer) => {
      if (body.toString() === '{"a":1}') seen += 1
    })
    request.on('end', () => reply.end('{"ok":true}'))
  })
  const sample = await requestOften({ port, method: 'POST', path: '/', body: '{"a":1}' }, limits)
  expect(sample).toMatchObject({ attempted: 100, succeeded: 100 })
  expect(sample.latenciesMs).toHaveLength(100)
  expect({ seen, connections: connections.size }).toEqual({ seen: 100, connections: 8 })
})

test('a reply in pieces, or chunked, is one reply', async () => {
  const port = await serve((request, reply) => {
    if (request.url === '/long') reply.setHeader('content-length', 300_000)
    for (let piece = 0; piece < 3; piece++) reply.write('x'.repeat(100_000))
    reply.end()
  })
  for (const path of ['/long', '/chunked']) {
    const sample = await requestOften({ port, method: 'GET', path }, { ...limits, count: 20 })
    expect(sample).toMatchObject({ attempted: 20, succeeded: 20 })
  }
})

test('a refusal and a connection that ends are failures, and say why', async () => {
  const refusing = await serve((_request, reply) => reply.writeHead(503).end())
  expect(await requestOften({ port: refusing, method: 'GET', path: '/' }, limits)).toMatchObject({
    attempted: 100,
    succeeded: 0,
    failure: 'Error: status 503',
  })
  const dying = await serve((request) => request.socket.destroy())
  const sample = await requestOften({ port: dying, method: 'GET', path: '/' }, limits)
  expect(sample).toMatchObject({ attempted: 100, succeeded: 0 })
})
