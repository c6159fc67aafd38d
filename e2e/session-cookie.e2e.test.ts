import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { club, type OnSale, startOnSale } from './support/on-sale.ts'
import { tryUpgrade } from './support/upgrade.ts'

let sale: OnSale
let cookie: string
const foreign = { origin: 'https://elsewhere.example' }

beforeAll(async () => {
  sale = await startOnSale()
  cookie = cookieOf(await signIn())
})
afterAll(() => sale.close())

test('the session cookie is out of reach for scripts and other sites, and ends', async () => {
  const [header = ''] = (await signIn()).headers.getSetCookie()
  expect(header).toMatch(/^greenroom_session=/)
  expect(header.split('; ')).toEqual(
    expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/', expect.stringMatching(/^Max-Age=\d+$/)]),
  )
})

test('after signing out the cookie is taken away and a kept copy opens nothing', async () => {
  const own = cookieOf(await signIn())
  expect(await statusOf('wallet.balance', own)).toBe(200)
  const out = await post('accounts.signOut', { cookie: own })
  expect(out.headers.getSetCookie()[0]).toMatch(/^greenroom_session=;.*Expires=Thu, 01 Jan 1970/)
  expect(await statusOf('wallet.balance', own)).toBe(401)
})

test('a cookie that was changed opens nothing', async () => {
  expect(await statusOf('wallet.balance', `${cookie.slice(0, -3)}abc`)).toBe(401)
})

describe("another site's page, whose browser sends the cookie along", () => {
  const join = (origin: Record<string, string>) =>
    post('waitingRoom.join', { cookie, ...origin }, { concertId: club.concertId })

  test('cannot post; the own page can', async () => {
    const refused = await join(foreign)
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('FORBIDDEN')
    expect((await join({ origin: 'null' })).status).toBe(403)
    const status = await fetch(trpcUrl('waitingRoom.status', { concertId: club.concertId }), {
      headers: { cookie },
    })
    expect(await status.json()).toMatchObject({ result: { data: { entry: { state: 'none' } } } })
    expect((await join({ origin: sale.url })).status).toBe(200)
  })

  test.for([
    { what: "the api's WebSocket", refusal: 403, address: () => `${sale.url}/trpc` },
    {
      what: "the gateway's",
      // how Engine.IO says that its handshake was forbidden
      refusal: 400,
      address: () => `${sale.gatewayUrl}/socket.io/?EIO=4&transport=websocket`,
    },
  ])('cannot open $what; the own page can', async ({ address, refusal }) => {
    expect(await tryUpgrade(address(), { cookie, ...foreign })).toBe(refusal)
    expect(await tryUpgrade(address(), { cookie, origin: sale.url })).toBe(101)
  })

  test('is not told by CORS headers that it may read', async () => {
    const response = await fetch(trpcUrl('accounts.me'), { headers: { cookie, ...foreign } })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  })
})

async function signIn(): Promise<Response> {
  return await post('accounts.signIn', {}, { email: 'fan1@greenroom.example', password: 'greenroom' })
}

async function post(
  procedure: string,
  headers: Record<string, string>,
  input: object = {},
): Promise<Response> {
  return await fetch(`${sale.url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
  })
}

async function statusOf(procedure: string, sentCookie: string): Promise<number> {
  return (await fetch(trpcUrl(procedure), { headers: { cookie: sentCookie } })).status
}

function trpcUrl(procedure: string, input?: object): string {
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  return `${sale.url}/trpc/${procedure}${query}`
}

function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}
