import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { openSeatMirror, queueNames, startSessionRevocations } from '@greenroom/core'
import { createTestDeps, makeShow, setRole } from '@greenroom/core/testing'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { buildServer } from './build-server.ts'
import { apiSettings } from './testing/api-settings.ts'

const deps = await createTestDeps()
const stopRevocations = await startSessionRevocations(deps)
const seatMirror = openSeatMirror(deps)
const settings = apiSettings(deps, { publicOrigin: 'https://tickets.example' })
const { server, readiness } = await buildServer({ deps, seatMirror, settings })
afterAll(async () => {
  await server.close()
  stopRevocations()
  await seatMirror.close()
})

const json = { 'content-type': 'application/json' }
const signUpBody = () => ({
  email: `${randomUUID()}@greenroom.example`,
  password: 'a long password',
  name: 'Fan',
})

describe('the session cookie', () => {
  test('is out of reach of scripts and of other sites, and only travels encrypted', async () => {
    const reply = await server.inject({
      method: 'POST',
      url: '/trpc/accounts.signUp',
      headers: json,
      payload: signUpBody(),
    })
    expect(reply.statusCode).toBe(200)
    expect([reply.headers['set-cookie']].flat().join('\n')).not.toContain('Domain')
    expect(reply.cookies).toEqual([
      expect.objectContaining({
        name: '__Host-greenroom_session',
        httpOnly: true,
        sameSite: 'Lax',
        secure: true,
        path: '/',
        maxAge: 7 * 86_400,
      }),
      expect.objectContaining({
        name: '__Host-greenroom_device',
        httpOnly: true,
        sameSite: 'Lax',
        secure: true,
        path: '/',
        maxAge: 180 * 86_400,
      }),
    ])
  })

  test('is taken back when signing out, and opens nothing from then on', async () => {
    const signedUp = await server.inject({
      method: 'POST',
      url: '/trpc/accounts.signUp',
      headers: json,
      payload: signUpBody(),
    })
    const cookies = { '__Host-greenroom_session': signedUp.cookies[0]?.value ?? '' }
    const before = await server.inject({ url: '/trpc/wallet.balance', cookies })
    expect(before.statusCode).toBe(200)
    const signedOut = await server.inject({
      method: 'POST',
      url: '/trpc/accounts.signOut',
      headers: json,
      cookies,
    })
    expect(signedOut.cookies).toEqual([
      expect.objectContaining({ name: '__Host-greenroom_session', value: '', secure: true, path: '/' }),
    ])
    const after = await server.inject({ url: '/trpc/wallet.balance', cookies })
    expect(after.statusCode).toBe(401)
  })

  test('of a device stays when its fan signs out, and is no session', async () => {
    const person = signUpBody()
    const post = (url: string, cookies: Record<string, string>, payload: object) =>
      server.inject({ method: 'POST', url, headers: json, cookies, payload })
    const signedUp = await post('/trpc/accounts.signUp', {}, person)
    const [session, device] = signedUp.cookies.map(({ name, value }) => ({ [name]: value }))
    const signedOut = await post('/trpc/accounts.signOut', { ...session, ...device }, {})
    expect(signedOut.cookies.map(({ name }) => name)).toEqual(['__Host-greenroom_session'])
    const token = device?.['__Host-greenroom_device'] ?? ''
    for (const cookies of [{ ...device }, { '__Host-greenroom_session': token }]) {
      const read = await server.inject({ url: '/trpc/wallet.balance', cookies })
      expect(read.statusCode).toBe(401)
    }
    // the next signing in finds the device, and keeps it
    const again = await post('/trpc/accounts.signIn', { ...device }, person)
    const idOf = (text: string) =>
      JSON.parse(Buffer.from(text.split('.')[1] ?? '', 'base64url').toString('utf8')).dev
    expect(idOf(again.cookies.at(-1)?.value ?? '')).toBe(idOf(token))
  })

  test('planted by a sibling site, which cannot have the prefix, opens nothing, and goes when the fan signs in or out', async () => {
    const post = (url: string, cookies: Record<string, string>, payload: object) =>
      server.inject({ method: 'POST', url, headers: json, cookies, payload })
    const theirs = await post('/trpc/accounts.signUp', {}, signUpBody())
    const planted = { greenroom_session: theirs.cookies[0]?.value ?? '' }
    const read = await server.inject({ url: '/trpc/wallet.balance', cookies: planted })
    expect(read.statusCode).toBe(401)
    const person = signUpBody()
    const signedUp = await post('/trpc/accounts.signUp', planted, person)
    const own = { '__Host-greenroom_session': signedUp.cookies[0]?.value ?? '' }
    const signedOut = await post('/trpc/accounts.signOut', { ...planted, ...own }, {})
    for (const { cookies } of [signedUp, signedOut])
      expect(cookies[1]).toMatchObject({ name: 'greenroom_session', value: '', path: '/' })
    expect(signedUp.cookies.map(({ name }) => name)).toEqual([
      '__Host-greenroom_session',
      'greenroom_session',
      '__Host-greenroom_device',
    ])
  })
})

describe("another site's page", () => {
  const signUpFrom = (origin: string) =>
    server.inject({
      method: 'POST',
      url: '/trpc/accounts.signUp',
      headers: { ...json, origin },
      payload: signUpBody(),
    })

  test.for(['https://evil.example', 'https://tickets.example.evil.example', 'null'])(
    '%s may not act',
    async (origin) => {
      const reply = await signUpFrom(origin)
      expect(reply.statusCode).toBe(403)
      expect(reply.json()).toMatchObject({ error: { code: 'FORBIDDEN' } })
    },
  )

  test('our own may', async () => {
    expect((await signUpFrom('https://tickets.example')).statusCode).toBe(200)
  })
})

describe('what is too much is refused', () => {
  test('a body over 256 kB', async () => {
    const payload = { ...signUpBody(), name: 'x'.repeat(300_000) }
    const reply = await server.inject({
      method: 'POST',
      url: '/trpc/accounts.signUp',
      headers: json,
      payload,
    })
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ error: { code: 'BAD_INPUT' } })
  })

  test('a batch of more than 20 calls', async () => {
    const paths = Array.from({ length: 21 }, () => 'catalogue.concerts').join(',')
    const reply = await server.inject({ url: `/trpc/${paths}?batch=1&input=%7B%7D` })
    expect(reply.statusCode).toBe(400)
  })
})

test('a geometry file is kept for ever by browsers, and an unknown one is 404', async () => {
  const { showId } = await makeShow(deps)
  const { rows } = await deps.db.pool.query<{ hash: string }>(
    'select geometry_hash as hash from seat_plans join shows on shows.seat_plan_id = seat_plans.id where shows.id = $1',
    [showId],
  )
  const found = await server.inject({
    url: `/geometry/${rows[0]?.hash}.bin`,
    headers: { 'accept-encoding': 'br' },
  })
  expect(found.statusCode).toBe(200)
  expect(found.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-encoding': 'br',
  })
  expect((await server.inject(`/geometry/${'0'.repeat(64)}.bin`)).statusCode).toBe(404)
})

test.for(['/v1/nothing', '/assets/gone.js', '/nothing.php'])('%s is 404 in our words', async (url) => {
  const reply = await server.inject(url)
  expect(reply.statusCode).toBe(404)
  expect(reply.json()).toMatchObject({ error: { code: 'NOT_FOUND' } })
  expect(reply.headers['cache-control']).toBe('no-store')
})

test.for([
  ['/v1/concerts/', 'application/json'],
  ['/concerts/1/available-date/', 'application/json'],
  ['/docs/', 'text/html'],
] as const)('%s is the same with a slash at its end', async ([url, type]) => {
  const [reply, without] = [await server.inject(url), await server.inject(url.slice(0, -1))]
  expect(reply.headers['content-type']).toContain(type)
  expect(reply).toMatchObject({ statusCode: without.statusCode, body: without.body })
})

test('a page may load and run nothing from elsewhere, nor be framed', async () => {
  const reply = await server.inject('/healthz')
  const policy = String(reply.headers['content-security-policy'])
  expect(policy).toContain("default-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("base-uri 'none'")
  expect(policy).not.toContain('unsafe-eval')
})

test.for(['/trpc/tickets.keys', '/v1/concerts'])('%s is no document, and keeps to itself', async (url) => {
  const { headers } = await server.inject(url)
  expect(headers).toMatchObject({
    'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
  })
})

describe('Bull Board', () => {
  const operatorCookie = async () => {
    const body = signUpBody()
    await server.inject({ method: 'POST', url: '/trpc/accounts.signUp', headers: json, payload: body })
    await setRole(deps, body.email, 'operator')
    const reply = await server.inject({
      method: 'POST',
      url: '/trpc/accounts.signIn',
      headers: json,
      payload: body,
    })
    return { '__Host-greenroom_session': reply.cookies[0]?.value ?? '' }
  }

  test('asks no other host for anything, and finds its own files', async () => {
    const cookies = await operatorCookie()
    const page = await server.inject({ url: '/admin/queues', cookies })
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toMatch(/(src|href)="https?:/)
    expect(page.headers['content-security-policy']).toContain("base-uri 'self'")
    const script = /src="(static\/js\/main[^"]+)"/.exec(page.body)?.[1]
    expect(script).toBeDefined()
    expect((await server.inject({ url: `/admin/queues/${script}`, cookies })).statusCode).toBe(200)
  })

  test('shows the queue of every webhook endpoint that is on, as soon as there is one', async () => {
    const cookies = await operatorCookie()
    const register = async (): Promise<number> => {
      const reply = await server.inject({
        method: 'POST',
        url: '/trpc/webhooks.register',
        headers: json,
        cookies,
        payload: { url: 'https://partner.example/hook', eventTypes: ['reservation.paid'] },
      })
      return reply.json<{ result: { data: { endpointId: number } } }>().result.data.endpointId
    }
    const [first, second] = [await register(), await register()]
    const board = await server.inject({ url: '/admin/queues/api/queues', cookies })
    const names = board.json<{ queues: { name: string }[] }>().queues.map((queue) => queue.name)
    expect(names).toEqual([...queueNames, `webhooks-${first}`, `webhooks-${second}`])
  })

  test('is closed to everybody else', async () => {
    expect((await server.inject('/admin/queues')).statusCode).toBe(401)
    expect((await server.inject('/admin/queues/api/queues')).statusCode).toBe(401)
  })
})

test('what comes on a busy connection while the server drains is answered, and the connection ends with it', async () => {
  const { server: leaving } = await buildServer({ deps, seatMirror, settings })
  const { port } = new URL(await leaving.listen({ host: '127.0.0.1', port: 0 }))
  const connection = connect(Number(port), '127.0.0.1')
  const answers = text(connection)
  const body = JSON.stringify(signUpBody())
  const head = `host: us\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
  const begun = once(leaving.server, 'request')
  connection.write(`POST /v1/accounts HTTP/1.1\r\n${head}`)
  await begun
  const closed = leaving.close()
  await vi.waitUntil(() => !leaving.server.listening)
  connection.write(`${body}GET /v1/concerts HTTP/1.1\r\nhost: us\r\n\r\n`)
  await closed
  expect((await answers).match(/HTTP\/1\.1 .*|Connection: .*/g)).toEqual([
    'HTTP/1.1 201 Created',
    'Connection: keep-alive',
    'HTTP/1.1 200 OK',
    'Connection: close',
  ])
})

test('a server that drains is not ready', async () => {
  expect((await server.inject('/readyz')).statusCode).toBe(200)
  readiness.draining = true
  expect((await server.inject('/readyz')).json()).toEqual({ status: 'draining' })
})

test("the keys that check ticket codes are anybody's, their private half nobody's", async () => {
  const reply = await server.inject({ url: '/trpc/tickets.keys' })
  expect(reply.statusCode).toBe(200)
  const [key] = reply.json().result.data.keys
  expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', use: 'sig' })
  expect(key).not.toHaveProperty('d')
})
