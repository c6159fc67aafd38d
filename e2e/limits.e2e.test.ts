import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { looksAt } from './fuzz/look-at-sale.ts'
import { openEventSocket } from './fuzz/procedures/event-socket.ts'
import { club, type OnSale, startOnSale } from './support/on-sale.ts'
import { openRaw } from './support/raw-http.ts'
import { signUpFan, type VirtualFan } from './support/virtual-fan.ts'

let sale: OnSale
let fan: VirtualFan
let look: ReturnType<typeof looksAt>

beforeAll(async () => {
  sale = await startOnSale({ env: { REQUEST_TIMEOUT_MS: '1500', GATEWAY_MAX_SOCKETS_PER_ACCOUNT: '3' } })
  fan = await signUpFan(sale.url)
  look = looksAt(sale)
  look.noteMemory()
})
afterAll(() => sale.close())

const post = (headers: string): string =>
  `POST /trpc/accounts.signIn HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${headers}\r\n\r\n`

/** Sends a little again and again until the other side hangs up; what it said, and how much it let us send. */
async function drip(url: string, begin: string, piece: string): Promise<{ said: string; pieces: number }> {
  const raw = await openRaw(url)
  let pieces = 0
  raw.write(begin)
  while (raw.write(piece) && pieces < 200) {
    pieces += 1
    await sleep(50)
  }
  return { said: await raw.rest(), pieces }
}

// all of them at once: each waits for the server to lose its patience
describe.concurrent.for(['api', 'gateway'] as const)('the %s', (name) => {
  const url = (): string => (name === 'api' ? sale.url : sale.gatewayUrl)

  test('hangs up on a head that never ends', async () => {
    const { pieces } = await drip(url(), 'GET /healthz HTTP/1.1\r\nhost: x\r\n', 'x-slow: 1\r\n')
    expect(pieces).toBeLessThan(200)
  })

  test('hangs up on who connects and says nothing but a piece of a request', async () => {
    const raw = await openRaw(url())
    raw.write('GET / HT')
    expect(await raw.rest()).toMatch(/^(HTTP\/1\.1 408|$)/)
  })

  test('reads no head of more than 16 kB', async () => {
    const raw = await openRaw(url())
    raw.write(`GET /healthz HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`)
    expect(await raw.rest()).toMatch(/^HTTP\/1\.1 431/)
  })
})

describe('a body', () => {
  test('that drips in is waited for no longer than a request may take', async () => {
    const { said, pieces } = await drip(sale.url, post('content-length: 100000'), ' ')
    expect(said).toMatch(/^HTTP\/1\.1 408/)
    expect(pieces).toBeLessThan(200)
  })

  test('without an end is cut', async () => {
    const raw = await openRaw(sale.url)
    raw.write(post('transfer-encoding: chunked'))
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    let chunks = 0
    while (raw.write(chunk) && chunks < 500) {
      chunks += 1
      await sleep(5)
    }
    expect(await raw.rest()).toMatch(/^HTTP\/1\.1 4\d\d/)
    expect(chunks).toBeLessThan(500)
  })

  const refusals: {
    what: string
    body: () => string | Uint8Array<ArrayBuffer>
    headers?: Record<string, string>
  }[] = [
    { what: 'of 300 kB', body: () => JSON.stringify({ email: 'x'.repeat(300_000) }) },
    { what: 'of 120,000 levels', body: () => `${'['.repeat(120_000)}${']'.repeat(120_000)}` },
    {
      what: 'that unpacks to 20 MB',
      body: () => new Uint8Array(gzipSync(JSON.stringify({ email: 'x'.repeat(20_000_000), password: 'x' }))),
      headers: { 'content-encoding': 'gzip' },
    },
  ]

  test.for(refusals)('$what is refused by name', async ({ body, headers }) => {
    const response = await fetch(`${sale.url}/trpc/accounts.signIn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: body(),
    })
    expect([400, 413, 415]).toContain(response.status)
    expect(await response.text()).toContain('"code":"BAD_INPUT"')
  })
})

describe('a batch', () => {
  const ask = async (calls: number): Promise<Response> =>
    await fetch(`${sale.url}/trpc/${Array(calls).fill('catalogue.concerts').join(',')}?batch=1&input={}`)

  test('of 20 calls is answered, of 21 refused', async () => {
    expect((await ask(20)).status).toBe(200)
    expect((await ask(21)).status).toBe(400)
  })

  test('has one body’s limit for all its calls together', async () => {
    const input = Object.fromEntries(
      Array.from({ length: 10 }, (_, at) => [at, { email: `${at}@a.example`, password: 'x'.repeat(40_000) }]),
    )
    const path = Array(10).fill('accounts.signIn').join(',')
    const response = await fetch(`${sale.url}/trpc/${path}?batch=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
  })
})

/** How a socket of ours was closed by the server. */
async function closedBy(address: string, use: (socket: WebSocket) => void): Promise<number> {
  const socket = new WebSocket(address)
  const closed = Promise.withResolvers<number>()
  socket.addEventListener('open', () => use(socket))
  socket.addEventListener('close', ({ code }) => closed.resolve(code))
  socket.addEventListener('error', () => closed.resolve(0))
  return await closed.promise
}

describe('a WebSocket of the api', () => {
  const address = (): string => `${sale.url.replace(/^http/, 'ws')}/trpc?connectionParams=1`
  const hello = (): string => JSON.stringify({ method: 'connectionParams', data: { token: fan.token } })

  test('is closed over a message of more than 64 kB', async () => {
    expect(await closedBy(address(), (socket) => socket.send('x'.repeat(70_000)))).toBe(1009)
  })

  test('is closed when it piles up subscriptions', async () => {
    const code = await closedBy(address(), (socket) => {
      socket.send(hello())
      for (let id = 1; id <= 201; id++) {
        const params = { path: 'waitingRoom.onEntry', input: { concertId: club.concertId } }
        socket.send(JSON.stringify({ id, method: 'subscription', params }))
      }
    })
    expect(code).toBe(1008)
  })

  test('unpacks nothing: compression is not agreed on', async () => {
    const raw = await openRaw(sale.url)
    const key = 'AAAAAAAAAAAAAAAAAAAAAA=='
    raw.write(
      `GET /trpc HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${key}\r\nsec-websocket-extensions: permessage-deflate\r\n\r\n`,
    )
    await sleep(300)
    raw.socket.end()
    const said = await raw.rest()
    expect(said).toMatch(/^HTTP\/1\.1 101/)
    expect(said).not.toMatch(/permessage-deflate/i)
  })
})

describe('a socket of the gateway', () => {
  const address = (): string =>
    `${sale.gatewayUrl.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`

  test('is closed over a message of more than 16 kB', async () => {
    expect(await closedBy(address(), (socket) => socket.send('x'.repeat(20_000)))).toBe(1009)
  })

  test.for([
    'x',
    '42',
    '451-["line:watch",{"_placeholder":true,"num":0}]',
    '99999999999',
    '4999-[1]',
    'b!!!!',
    '42["__proto__"]',
  ])('that says %s is closed or ignored, and the next one is served', async (packet) => {
    const socket = new WebSocket(address())
    await new Promise((resolve) => socket.addEventListener('open', resolve))
    socket.send(packet)
    socket.send(`40${JSON.stringify({ token: fan.token })}`)
    socket.send(packet)
    await sleep(50)
    socket.close()
    const next = await openEventSocket(sale.gatewayUrl, fan.token)
    expect(await next.ask('line:watch', `{"concertId":${club.concertId}}`)).toMatchObject({ outcome: 'done' })
    next.close()
  })

  test('is the last of its account when there are three, and asks no more than its share', async () => {
    const other = await signUpFan(sale.url)
    const open = await Promise.all([1, 2, 3].map(() => openEventSocket(sale.gatewayUrl, other.token)))
    await expect(openEventSocket(sale.gatewayUrl, other.token)).rejects.toThrow('RATE_LIMITED')
    const [socket] = open
    if (socket === undefined) throw new Error('three sockets')
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => socket.ask('line:watch', `{"concertId":${club.concertId}}`)),
    )
    const refused = answers.filter((answer) => answer !== 'closed' && answer.outcome === 'refused')
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length).toBeLessThan(60)
    for (const each of open) each.close()
  })
})

test('after all that the processes are the same, well, no fuller, and nothing was logged as failed', async () => {
  const { harm, memory } = await look.findHarm()
  expect(harm).toEqual([])
  for (const [before = 0, after = 0] of [memory.api, memory.gateway]) expect(after).toBeLessThan(before + 200)
})
