import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadWindow } from '@greenroom/core'
import Fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { noteCalls } from './note-calls.ts'

type Noted = { kind: string; elapsedMs: number }

/** A server whose turns let a call wait for as long as it asks for. */
function serve() {
  const noted: Noted[] = []
  const refused: string[] = []
  const window: LoadWindow = {
    noteCall: (kind, elapsedMs) => noted.push({ kind, elapsedMs }),
    noteRefused: (because) => refused.push(because),
    notePool: () => undefined,
    report: () => {
      throw new Error('nobody asks')
    },
  }
  const server = Fastify()
  onTestFinished(() => server.close())
  const calls = noteCalls(server, window)
  server.addHook('onRequest', async (request, reply) => {
    await sleep(Number(request.headers['x-wait-ms'] ?? 0))
    const status = request.headers['x-refuse']
    if (status !== undefined) await reply.code(Number(status)).send()
  })
  calls.afterTurns()
  server.post('/v1/shows/:showId/holds', async () => 'held')
  server.post('/v1/sessions', async () => 'signed in')
  server.get('/healthz', () => 'ok')
  return { server, calls, noted, refused }
}

test('calls are noted by who makes them, the wait for their turn included; probes are not', async () => {
  const { server, noted } = serve()
  await server.inject({ method: 'POST', url: '/v1/shows/1/holds' })
  await server.inject({ method: 'POST', url: '/v1/sessions', headers: { 'x-wait-ms': '60' } })
  await server.inject('/healthz')
  expect(noted.map(({ kind }) => kind)).toEqual(['inside', 'crowd'])
  expect(noted[1]?.elapsedMs).toBeGreaterThanOrEqual(59)
})

test('a refusal for overload is counted and is no fast answer; one by a rule is an answer, and a failure is neither', async () => {
  const { server, noted, refused } = serve()
  const refuse = (status: number) =>
    server.inject({ method: 'POST', url: '/v1/sessions', headers: { 'x-refuse': String(status) } })
  await refuse(503)
  expect([noted, refused]).toEqual([[], ['overload']])
  await refuse(409)
  await refuse(500)
  expect([noted.length, refused]).toEqual([2, ['overload', 'rules']])
})

test('who sends a body slowly makes nobody believe that the server is slow', async () => {
  const { server, noted } = serve()
  const { port } = new URL(await server.listen({ host: '127.0.0.1', port: 0 }))
  const slow = connect(Number(port), '127.0.0.1')
  onTestFinished(() => {
    slow.destroy()
  })
  slow.write(
    'POST /v1/shows/1/holds HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n',
  )
  const bodyAfterMs = 400
  await sleep(bodyAfterMs)
  slow.write('{}')
  await once(slow, 'data')
  expect(noted).toHaveLength(1)
  expect(noted[0]?.elapsedMs).toBeLessThan(bodyAfterMs)
})
