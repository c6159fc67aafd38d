import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { parseWireError } from '@greenroom/contract'
import { createTestDeps, openProcess } from '@greenroom/core/testing'
import { signOut, verifySession } from '@greenroom/core'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { publicOrigin, startTestGateway, type TestGateway } from './testing/test-gateway.ts'

const deps = await createTestDeps()
const gateway = await startTestGateway(deps, { maxSocketsPerAccount: 3 })

const refusedWith = (code: string) => expect.objectContaining({ data: expect.objectContaining({ code }) })

test('nobody connects without a session', async () => {
  await expect(gateway.connect({})).rejects.toEqual(refusedWith('SIGN_IN_REQUIRED'))
  await expect(gateway.connect({ auth: { token: 'forged' } })).rejects.toEqual(
    refusedWith('SIGN_IN_REQUIRED'),
  )
  await expect(gateway.connect({ auth: { token: { $ne: 1 } } })).rejects.toEqual(
    refusedWith('SIGN_IN_REQUIRED'),
  )
})

test('a cookie that is no text is no session, and ends nothing but its own handshake', async () => {
  const broken = gateway.connect({ extraHeaders: { cookie: '__Host-greenroom_session=%' } })
  await expect(broken).rejects.toEqual(refusedWith('SIGN_IN_REQUIRED'))
})

test('whoever asks for an upgrade elsewhere and hangs up does not take the gateway along', async () => {
  const request = 'GET /elsewhere HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'
  for (let caller = 0; caller < 5; caller++) {
    const socket = connect(gateway.port, '127.0.0.1', () => socket.write(request))
    await setTimeout(50)
    socket.resetAndDestroy()
  }
  await setTimeout(50)
  expect((await fetch(`http://127.0.0.1:${gateway.port}/healthz`)).status).toBe(200)
})

test.for([
  ['at once', false],
  ['after a goodbye', true],
] as const)(
  'a connection that says hello again %s has one socket and ends nothing else',
  async ([, leaves]) => {
    const fan = await gateway.signUpFan()
    const wire = new WebSocket(`ws://127.0.0.1:${gateway.port}/socket.io/?EIO=4&transport=websocket`)
    const heard: string[] = []
    wire.addEventListener('message', ({ data }) => heard.push(String(data)))
    const answered = (start: string) => heard.filter((text) => text.startsWith(start)).length
    await expect.poll(() => answered('0')).toBe(1)
    const hello = `40${JSON.stringify({ token: fan.token })}`
    wire.send(hello)
    if (leaves) {
      while (answered('40') === 0) await setTimeout(10)
      wire.send('41')
      // a hello that comes in the same piece as the goodbye ends the connection
      await setTimeout(50)
    }
    for (let time = 0; time < 10; time++) wire.send(hello)
    await expect.poll(() => answered('44')).toBeGreaterThan(0)
    expect(answered('40')).toBe(1)
    expect(heard.find((text) => text.startsWith('44'))).toContain('RATE_LIMITED')
    wire.close()
    expect((await gateway.connectAs(fan)).connected).toBe(true)
  },
)

test("the page's cookie and a program's token both say who connects", async () => {
  const fan = await gateway.signUpFan()
  const byCookie = await gateway.connect({
    extraHeaders: { cookie: `a=b; __Host-greenroom_session=${fan.token}` },
  })
  const byToken = await gateway.connectAs(fan)
  expect([byCookie.connected, byToken.connected]).toEqual([true, true])
})

test("another site's page cannot connect with the cookie, by WebSocket or by polling; our page can", async () => {
  const fan = await gateway.signUpFan()
  const headers = (origin: string) => ({ cookie: `__Host-greenroom_session=${fan.token}`, origin })
  for (const transports of [['websocket'], ['polling']]) {
    const foreign = gateway.connect({ transports, extraHeaders: headers('https://evil.example') })
    await expect(foreign).rejects.toBeInstanceOf(Error)
    const own = await gateway.connect({ transports, extraHeaders: headers(publicOrigin) })
    expect(own.connected).toBe(true)
  }
})

test('where the other site is the own one, the same connection stands: it is the origin that decides', async () => {
  const evil = 'https://evil.example'
  const theirs = await startTestGateway(deps, { publicOrigin: evil })
  const fan = await gateway.signUpFan()
  const socket = await theirs.connect({
    extraHeaders: { cookie: `__Host-greenroom_session=${fan.token}`, origin: evil },
  })
  expect(socket.connected).toBe(true)
})

describe('one address', () => {
  const from = (address: string) => ({ extraHeaders: { 'x-forwarded-for': address } })

  /** As many people as there are answers, all new, from one address behind the trusted proxy; what became of each. */
  async function crowdFrom(address: string, to: TestGateway, count: number): Promise<string[]> {
    const people = await Promise.all(Array.from({ length: count }, () => to.signUpFan()))
    const outcomes: string[] = []
    for (const { token } of people) {
      const socket = to.connect({ auth: { token }, ...from(address) })
      outcomes.push(
        await socket.then(
          () => 'in',
          (error: unknown) => parseWireError(Reflect.get(Object(error), 'data'))?.code ?? 'hung up',
        ),
      )
    }
    return outcomes
  }

  test('has a bounded number of sockets, whoever they are of, and a flood is not even told why', async () => {
    const small = await startTestGateway(deps, { maxSockets: 5, maxSocketsPerAddress: 3, trustProxy: 1 })
    expect(await crowdFrom('2001:db8:1:1::1', small, 2)).toEqual(['in', 'in'])
    expect(await crowdFrom('2001:db8:1:1:ffff::2', small, 3)).toEqual(['in', 'RATE_LIMITED', 'hung up'])
    expect(await crowdFrom('2001:db8:1:2::1', small, 1)).toEqual(['in'])
  })

  test('gets its place back when a socket closes', async () => {
    const small = await startTestGateway(deps, { maxSocketsPerAddress: 1, trustProxy: 1 })
    const [first, second] = [await small.signUpFan(), await small.signUpFan()]
    const socket = await small.connect({ auth: { token: first.token }, ...from('203.0.113.9') })
    const again = () => small.connect({ auth: { token: second.token }, ...from('203.0.113.9') })
    await expect(again()).rejects.toEqual(refusedWith('RATE_LIMITED'))
    socket.disconnect()
    await expect
      .poll(
        () =>
          again().then(
            ({ connected }) => connected,
            () => false,
          ),
        { timeout: 15_000 },
      )
      .toBe(true)
  })

  test('is that of all fans when the gateway does not trust its proxy, and the metrics tell', async () => {
    const small = await startTestGateway(deps, { maxSocketsPerAddress: 1, trustProxy: ['192.0.2.0/24'] })
    await crowdFrom('203.0.113.9', small, 1)
    await crowdFrom('198.51.100.1', small, 1)
    const headers = { authorization: `Bearer ${await small.signInOperator()}` }
    const told = await (await fetch(`http://127.0.0.1:${small.port}/metrics`, { headers })).text()
    expect(told).toContain('greenroom_forwarded_words_total{word="ignored"} 2')
    expect(told).toContain('greenroom_forwarded_words_total{word="believed"} 0')
  })

  test('guard off: whoever makes accounts enough has all the sockets of a gateway, and a fan elsewhere none', async () => {
    const small = await startTestGateway(deps, { maxSockets: 5, maxSocketsPerAddress: 1_000, trustProxy: 1 })
    expect(await crowdFrom('203.0.113.9', small, 5)).toEqual(Array(5).fill('in'))
    expect(await crowdFrom('198.51.100.1', small, 1)).toEqual(['OVERLOADED'])
  })
})

test('one account has a bounded number of sockets, and gets its place back when one closes', async () => {
  const fan = await gateway.signUpFan()
  const sockets = await Promise.all([1, 2, 3].map(() => gateway.connectAs(fan)))
  await expect(gateway.connectAs(fan)).rejects.toEqual(refusedWith('RATE_LIMITED'))
  sockets[0]?.disconnect()
  await expect
    .poll(() =>
      gateway.connectAs(fan).then(
        () => 'in',
        () => 'out',
      ),
    )
    .toBe('in')
})

test('a full gateway refuses, and says when to try again', async () => {
  const small = await startTestGateway(deps, { maxSockets: 1 })
  await small.connectAs(await gateway.signUpFan())
  await expect(small.connectAs(await gateway.signUpFan())).rejects.toEqual(refusedWith('OVERLOADED'))
})

test('a sign-out in another process closes the socket within a second, also while the crowd has every connection', async () => {
  const fan = await gateway.signUpFan()
  const socket = await gateway.connectAs(fan)
  const other = await gateway.connectAs(await gateway.signUpFan())
  const session = verifySession(deps, fan.token)
  if (session === undefined) throw new Error('no session')
  const elsewhere = openProcess(deps)
  const taken = await Promise.all(Array.from({ length: 10 }, () => deps.db.pool.connect()))
  onTestFinished(() => {
    for (const connection of taken) connection.release()
  })
  await signOut(elsewhere, session)
  await vi.waitFor(() => expect(socket.connected).toBe(false), { timeout: 1_000 })
  expect(other.connected).toBe(true)
})

test('health: up, ready, and nothing else is served', async () => {
  const statusOf = async (path: string) => (await fetch(`http://127.0.0.1:${gateway.port}${path}`)).status
  expect(await statusOf('/healthz')).toBe(200)
  await expect.poll(() => statusOf('/readyz')).toBe(200)
  expect(await statusOf('/etc/passwd')).toBe(404)
})
