import { describe, expect, onTestFinished, test } from 'vitest'
import type { Visitor } from './support/browser.ts'
import { club } from './support/on-sale.ts'
import { signInAtPage } from './support/journey.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { startSecureApi } from './support/start-secure-api.ts'
import { tryUpgrade } from './support/upgrade.ts'
import { signUpFan } from './support/virtual-fan.ts'
import { visit } from './support/visit.ts'

const { sale, browser } = await openSaleInBrowser()
const cookie = cookieOf(await signIn())
const foreign = { origin: 'https://elsewhere.example' }

test('the session cookie is out of reach for scripts and other sites, and ends', async () => {
  const [header = ''] = (await signIn()).headers.getSetCookie()
  // over plain http: the prefix __Host- and Secure are https's, see below
  expect(header).toMatch(/^greenroom_session=/)
  expect(header).not.toMatch(/Secure|Domain/)
  expect(header.split('; ')).toEqual(
    expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/', expect.stringMatching(/^Max-Age=\d+$/)]),
  )
})

test('over https a browser keeps the session for this host alone, out of reach of scripts, and over a reload', async () => {
  const secure = await startSecureApi(sale)
  onTestFinished(secure.stop)
  const visitor = await visit(browser, { url: secure.url, locale: 'en' })
  const { page } = visitor
  await signInAtPage(visitor, 'fan2@greenroom.example')
  const readKept = async () =>
    (await page.context().cookies()).filter(({ name }) => name.includes('greenroom_session'))
  const kept = await readKept()
  expect(kept).toEqual([
    expect.objectContaining({
      name: '__Host-greenroom_session',
      domain: 'localhost',
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
    }),
  ])
  const seenByScripts = await page.evaluate(() => {
    document.cookie = '__Host-greenroom_session=planted; Path=/; Secure'
    document.cookie = '__Host-greenroom_session=planted; Path=/; Secure; Domain=localhost'
    return document.cookie
  })
  expect(seenByScripts).not.toContain('greenroom_session')
  expect(await readKept()).toEqual(kept)
  await page.goto('/profile')
  await page.reload()
  // in the fan's own language, whatever the browser's
  await page.getByRole('main').getByText('fan2@greenroom.example').waitFor()
  expect(visitor.failures).toEqual([])
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

test('the profile shows where one is signed in: one device is signed out by itself, then all', async () => {
  const { email, token } = await signUpFan(sale.url)
  const signInOn = (userAgent: string) =>
    post('accounts.signIn', { 'user-agent': userAgent }, { email, password: 'a long password' })
  const desktop = await signInOn(
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
  )
  const phone = await signInOn(
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1',
  )
  const [here, there] = await Promise.all(
    (['desktop', 'phone'] as const).map((device) => visit(browser, { url: sale.url, locale: 'en', device })),
  )
  if (here === undefined || there === undefined) throw new Error('two devices')
  const putCookie = async ({ page }: Visitor, value: string): Promise<void> => {
    await page.context().addCookies([{ name: 'greenroom_session', value, url: sale.url }])
    await page.goto('/profile')
  }
  await putCookie(here, token)
  await putCookie(there, cookieOf(phone).split('=')[1] ?? '')
  const { page, say } = here
  const devices = page.getByRole('region', { name: say('devices') }).getByRole('listitem')
  const isShown = (name: string) => devices.filter({ hasText: name }).first().waitFor()
  await Promise.all([isShown('Safari · iPhone'), isShown('Chrome · Windows'), isShown('This device')])
  expect(await devices.count()).toBe(3)

  await page.getByRole('button', { name: say('device_sign_out', { device: 'Safari · iPhone' }) }).click()
  await page.getByText(say('device_signed_out', { device: 'Safari · iPhone' })).waitFor()
  await expect.poll(() => devices.count()).toBe(2)
  expect(await statusOf('wallet.balance', cookieOf(phone))).toBe(401)
  await there.page.reload()
  await there.page.getByRole('button', { name: say('sign_in') }).waitFor()

  await page.getByRole('button', { name: say('sign_out_everywhere') }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('sign_out_everywhere') })
    .click()
  await page.waitForURL((url) => url.pathname === '/')
  await page
    .getByRole('link', { name: say('sign_in') })
    .first()
    .waitFor()
  for (const session of [cookieOf(desktop), `greenroom_session=${token}`])
    expect(await statusOf('wallet.balance', session)).toBe(401)
  expect([...here.failures, ...there.failures]).toEqual([])
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
