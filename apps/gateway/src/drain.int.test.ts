import { signUp, startSessionRevocations } from '@greenroom/core'
import { createTestDeps } from '@greenroom/core/testing'
import { expect, test } from 'vitest'
import { io } from 'socket.io-client'
import { startGateway } from './start-gateway.ts'
import { next, type TestSocket } from './testing/test-gateway.ts'

const deps = await createTestDeps()

test('a gateway that must go says goodbye with a hint, closes its sockets and takes no more', async () => {
  const stopRevocations = await startSessionRevocations(deps)
  const gateway = await startGateway(deps, {
    host: '127.0.0.1',
    port: 0,
    publicOrigin: 'http://localhost',
    maxSockets: 10,
    maxSocketsPerAccount: 10,
    recheckEveryMs: 1_000,
    requestTimeoutMs: 20_000,
  })
  const person = { email: 'fan@greenroom.example', password: 'greenroom', name: 'Fan', locale: 'en' as const }
  const { token } = await signUp(deps, person)
  const url = `http://127.0.0.1:${gateway.port}`
  const options = { transports: ['websocket'], reconnection: false, forceNew: true, auth: { token } }
  const socket: TestSocket = io(url, options)
  await new Promise<void>((resolve) => {
    socket.once('connect', resolve)
  })
  const bye = next(socket, 'bye')
  const closed = new Promise((resolve) => {
    socket.once('disconnect', resolve)
  })
  const drained = gateway.drain()
  expect(await bye).toEqual({ retryAfterMs: expect.any(Number) })
  expect((await fetch(`${url}/readyz`)).status).toBe(503)
  const late = io(url, options)
  const refused = new Promise((resolve) => {
    late.once('connect_error', resolve)
  })
  expect(await refused).toBeInstanceOf(Error)
  await closed
  await drained
  stopRevocations()
})
