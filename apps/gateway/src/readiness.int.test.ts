import { createServer } from 'node:http'
import { admit } from '@greenroom/core'
import { createTestDeps, makeShow } from '@greenroom/core/testing'
import { pickPort, startBalancer, startPrivateRedis } from '@greenroom/stack'
import { io } from 'socket.io-client'
import { afterAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { ask, next, startTestGateway } from './testing/test-gateway.ts'

const redis = await startPrivateRedis()
const deps = await createTestDeps({ redisUrl: redis.url })
afterAll(() => redis.stop())

const patience = { timeout: 20_000, interval: 20 }
const openBalancer = async (targets: number[]) => {
  const balancer = await startBalancer({ port: await pickPort(), targets })
  onTestFinished(balancer.close)
  return `http://127.0.0.1:${balancer.port}`
}
const answers = async (url: string): Promise<boolean> => {
  const answer = fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(1_000) })
  return await answer.then(
    () => true,
    () => false,
  )
}
const awayFrom = () => expect.poll(() => deps.redis.status, patience).not.toBe('ready')

beforeEach(async () => {
  await vi.waitUntil(() => deps.redis.status === 'ready', patience)
})

test('a Redis that restarts moves nobody: gateways stay ready, sockets stay, newcomers are let in, and news come again', async () => {
  const { concertId } = await makeShow(deps)
  // each is a process of its own: it follows lines by itself
  const gateways = [await startTestGateway({ ...deps }), await startTestGateway({ ...deps })]
  const balanced = await openBalancer(gateways.map(({ port }) => port))
  const readiness = () =>
    Promise.all(gateways.map(async ({ port }) => (await fetch(`http://127.0.0.1:${port}/readyz`)).status))
  await expect.poll(readiness, patience).toEqual([200, 200])
  const sockets = await Promise.all(
    gateways.map(async (gateway) => gateway.connectAs(await gateway.signUpFan())),
  )
  const [gateway] = gateways
  if (gateway === undefined) throw new Error('two gateways')
  const { token } = await gateway.signUpFan()
  const lost: string[] = []
  for (const socket of sockets) {
    expect(await ask(socket, 'line:watch', { concertId })).toMatchObject({ ok: true })
    socket.on('disconnect', (reason) => lost.push(reason))
  }

  await redis.kill()
  await awayFrom()
  expect(await readiness()).toEqual([200, 200])
  const newcomer = io(balanced, { transports: ['websocket'], reconnection: false, auth: { token } })
  onTestFinished(() => void newcomer.disconnect())
  await new Promise((resolve, reject) => {
    newcomer.once('connect', () => resolve(undefined))
    newcomer.once('connect_error', reject)
  })

  await redis.start()
  const news = Promise.all(sockets.map((socket) => next(socket, 'queue')))
  const tick = setInterval(() => void admit(deps, { concertId }).catch(() => undefined), 200)
  onTestFinished(() => clearInterval(tick))
  expect(await news).toHaveLength(2)
  expect(lost).toEqual([])
})

test('guard off: readiness that asks Redis leaves newcomers with nobody while it is away', async () => {
  const asking = createServer((_request, response) => {
    response.writeHead(deps.redis.status === 'ready' ? 200 : 503).end()
  })
  const port = await pickPort()
  await new Promise<void>((resolve) => asking.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void asking.close())
  const balanced = await openBalancer([port])
  await expect.poll(() => answers(balanced), patience).toBe(true)
  await redis.kill()
  onTestFinished(redis.start)
  await awayFrom()
  await expect.poll(() => answers(balanced), patience).toBe(false)
})
