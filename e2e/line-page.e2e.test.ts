import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aClub, copyConcert, inLobby } from './scenes/copy-concert.ts'
import { failCall } from './support/fail-call.ts'
import { signInBrowser } from './support/journey.ts'
import { club } from './support/on-sale.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { pressNotification } from './support/press-notification.ts'
import { query } from './support/query.ts'
import { slowDownWorkers } from './support/slow-worker.ts'
import { until } from './support/until.ts'
import { signIn, signUpFan } from './support/virtual-fan.ts'
import { visit } from './support/visit.ts'

const { sale, browser } = await openSaleInBrowser()
const operator = await signIn(sale.url, 'operator@greenroom.example')
const tune = (capacity: number) =>
  operator.api.operator.tuneLine.mutate({ concertId: club.concertId, capacity })
const linePage = `/concerts/${club.concertId}/line`
let demoFan = 41

async function enterAs() {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko' })
  const email = `fan${demoFan++}@greenroom.example`
  await signInBrowser(visitor, email)
  return { ...visitor, fan: await signIn(sale.url, email) }
}

/** Sockets that this page has open now. */
function countSockets(page: Page): () => number {
  let open = 0
  page.on('websocket', (socket) => {
    open += 1
    socket.on('close', () => {
      open -= 1
    })
  })
  return () => open
}

/** How many tones the page has played. */
async function countTones(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    globalThis.OscillatorNode = class extends OscillatorNode {
      override start(whenS?: number): void {
        Reflect.set(globalThis, 'tones', Number(Reflect.get(globalThis, 'tones') ?? 0) + 1)
        super.start(whenS)
      }
    }
  })
  return () => page.evaluate(() => Number(Reflect.get(globalThis, 'tones') ?? 0))
}

test('the tabs of a browser have one socket between them; when its tab closes another takes over, and the turn comes in all', async () => {
  await tune(0)
  const ahead = await signUpFan(sale.url)
  await ahead.line.join(club.concertId)
  const { page: first, say, fan, failures } = await enterAs()
  await fan.line.join(club.concertId)
  const others = await Promise.all([first.context().newPage(), first.context().newPage()])
  const tabs = [first, ...others].map((page) => ({ page, sockets: countSockets(page) }))
  for (const { page } of tabs) {
    page.on('pageerror', (error) => failures.push(error.message))
    await page.goto(linePage)
    await page.getByText(say('fans_ahead', { count: 1 })).waitFor()
    await page.getByText(say('live_live')).waitFor()
  }
  expect(tabs.map(({ sockets }) => sockets())).toEqual([1, 0, 0])

  await first.close()
  await until('another tab to take over', async () =>
    tabs.slice(1).reduce((sum, { sockets }) => sum + sockets(), 0) === 1 ? true : undefined,
  )
  await ahead.line.leave(club.concertId)
  await tune(200)
  for (const page of others) await page.getByRole('button', { name: say('enter_now') }).waitFor()
  await others[1]?.getByRole('button', { name: say('enter_now') }).click()
  for (const page of others) await page.getByRole('heading', { name: say('inside_title') }).waitFor()
  expect(failures).toEqual([])
  await fan.line.leave(club.concertId)
  for (const page of others) await page.getByRole('heading', { name: say('not_in_line') }).waitFor()
})

test('the turn is called: title, icon, a dialog that Escape does not put aside', async () => {
  await tune(0)
  const { page, say, fan } = await enterAs()
  await fan.line.join(club.concertId)
  await page.goto(linePage)
  await page.getByText(say('you_are_next')).waitFor()
  const plainIcon = await page.locator('link[rel=icon]').getAttribute('href')
  await tune(200)
  const dialog = page.getByRole('dialog', { name: say('turn_title') })
  await dialog.waitFor()
  // both follow the dialog and the page, and are there a moment later
  await expect.poll(() => page.title()).toMatch(/^● /)
  await expect.poll(() => page.locator('link[rel=icon]').getAttribute('href')).not.toBe(plainIcon)
  for (let press = 0; press < 3; press++) await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: say('enter_now') }).click()
  await page.getByRole('heading', { name: say('inside_title') }).waitFor()
  await expect.poll(() => page.title()).not.toMatch(/^● /)
  await fan.line.leave(club.concertId)
})

test('a turn that was not taken is told as missed, also after a reload; one that was given up is not', async () => {
  const { concertId } = await copyConcert(sale.databaseUrl, { ...aClub, capacity: 0 })
  const tuneThis = (capacity: number) => operator.api.operator.tuneLine.mutate({ concertId, capacity })
  const { page, say, fan, failures } = await enterAs()
  await fan.line.join(concertId)
  await query(sale.databaseUrl, 'update lines set claim_window_ms = 4000 where concert_id = $1 returning 1', [
    concertId,
  ])
  await page.goto(`/concerts/${concertId}/line`)
  await page.getByText(say('you_are_next')).waitFor()
  await tuneThis(1)
  await page.getByRole('dialog', { name: say('turn_title') }).waitFor({ timeout: 60_000 })
  const missed = page.getByRole('heading', { name: say('turn_missed_title') })
  await missed.waitFor()
  // the dialog is gone, and with it the focus: who listens hears what became of the turn
  await page.locator('h1:focus').getByText(say('turn_missed_title')).waitFor()
  await page.reload()
  await missed.waitFor()
  const [show] = await query<{ id: number }>(
    sale.databaseUrl,
    'select id::integer as id from shows where concert_id = $1 limit 1',
    [concertId],
  )
  await page.goto(`/concerts/${concertId}/shows/${show?.id}`)
  await page.getByRole('alert').and(page.locator(':has(h2)')).getByText(say('turn_missed_title')).waitFor()
  // no seats come in that there were a connection to tell of
  expect(await page.getByText(say('live_connecting')).count()).toBe(0)
  // the name that its document came with does not lie over the next page while that one loads
  expect(await page.locator('#first-heading').count()).toBe(1)
  await page.getByRole('link', { name: say('nav_home'), exact: true }).click()
  await page.locator('#first-heading').waitFor({ state: 'detached' })
  await page.goto(`/concerts/${concertId}/line`)
  await missed.waitFor()

  await query(
    sale.databaseUrl,
    'update lines set claim_window_ms = 60000 where concert_id = $1 returning 1',
    [concertId],
  )
  await tuneThis(0)
  // a join on the concert's page is shown in the tab that has the line open, and in the line page that follows it
  const other = await page.context().newPage()
  await other.goto(`/concerts/${concertId}`)
  await other.getByRole('button', { name: say('join_line') }).click()
  for (const tab of [page, other]) await tab.getByText(say('you_are_next')).waitFor()
  await other.close()

  // what asks lies above the page, not on the dark stage that it was asked from
  const schemeOf = (selector: string): Promise<string> =>
    page.locator(selector).evaluate((element) => getComputedStyle(element).colorScheme)
  await page.getByRole('button', { name: say('leave_line') }).click()
  expect(await schemeOf('dialog')).toBe(await schemeOf('html'))
  expect(await schemeOf('main .night')).toBe('dark')
  await page.getByRole('button', { name: say('back') }).click()
  await tuneThis(1)
  await page
    .getByRole('dialog', { name: say('turn_title') })
    .getByRole('button', { name: say('leave_line') })
    .click({ timeout: 60_000 })
  await page.locator('h1:focus').getByText(say('not_in_line')).waitFor()
  // near the turn three times, and the seats page was fetched once
  const fetched = await page
    .locator('link[rel=prefetch]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  expect(fetched.length).toBeGreaterThan(0)
  expect(new Set(fetched).size).toBe(fetched.length)
  expect(failures).toEqual([])
})

test('who asked for it is called by sound and by a notification, which leads back here and goes with the turn', async () => {
  await tune(0)
  const { page, say, fan } = await enterAs()
  const context = page.context()
  await context.grantPermissions(['notifications'])
  const played = await countTones(page)
  await fan.line.join(club.concertId)
  await page.goto(linePage)
  await page.getByRole('switch', { name: say('alert_sound') }).click()
  // so that the fan knows how it will sound
  await expect.poll(played).toBe(3)
  await page.getByRole('switch', { name: say('alert_notification') }).click()
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await tune(200)
  await page.getByRole('dialog', { name: say('turn_title') }).waitFor()
  await expect.poll(played).toBe(6)
  const shown = (): Promise<string[]> =>
    page.evaluate(async () => {
      const worker = await navigator.serviceWorker.ready
      return (await worker.getNotifications()).map(({ tag }) => tag)
    })
  await expect.poll(shown).toEqual([linePage])
  await page.getByRole('button', { name: say('enter_now') }).click()
  await page.getByRole('heading', { name: say('inside_title') }).waitFor()
  await expect.poll(shown).toEqual([])
  await fan.line.leave(club.concertId)

  await page.goto('/')
  expect(await pressNotification(page, linePage)).toBe(linePage)
})

test('a fan checks their own draw: the number follows from the seed, and is the one in the receipt', async () => {
  const { concertId } = await copyConcert(sale.databaseUrl, { ...aClub, ...inLobby, capacity: 0 })
  const { page, say, fan } = await enterAs()
  await fan.line.join(concertId)
  await page.goto(`/concerts/${concertId}/line`)
  await page.getByText(say('lobby_text')).waitFor()
  await page.getByText(say('draw_seed_later')).waitFor()
  await query(sale.databaseUrl, 'update lines set opens_at = now() where concert_id = $1 returning 1', [
    concertId,
  ])
  // a new line's first tick comes within seconds, on a machine that is not busy
  await page.getByText(say('you_are_next')).waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: say('check_draw') }).click()
  await page.getByText(say('draw_mine_right')).waitFor()
  expect(await page.getByText(say('draw_matches')).count()).toBe(1)

  // here too it is said what the account could not learn
  await failCall(page, 'accounts.updateMe')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByText('Your language could not be saved').waitFor()
})

test('the work that a line asks of newcomers is shown, goes on after a reload, and gives a place that is asked for nothing more', async () => {
  const { concertId } = await copyConcert(sale.databaseUrl, { ...aClub, capacity: 0 })
  await operator.api.operator.guardLine.mutate({ concertId, challenge: 'work', challengeBits: 16 })
  const { page, say, failures } = await enterAs()
  const allow = await slowDownWorkers(page)
  const challenges: string[] = []
  const workerPolicies = new Set<string | undefined>()
  page.on('response', (response) => {
    if (response.url().includes('waitingRoom.join') && response.status() !== 200)
      challenges.push(response.url())
    if (response.url().includes('-worker-')) workerPolicies.add(response.headers()['content-security-policy'])
  })
  await page.goto(`/concerts/${concertId}/line`)
  await page.getByRole('button', { name: say('join_line') }).click()
  const work = page.getByRole('progressbar', { name: say('challenge_working') })
  await work.waitFor()
  expect(await work.getAttribute('value')).toBe('0')
  await allow(4)
  // who does not see the bar is told
  await page
    .getByRole('status')
    .getByText(say('challenge_share', { percent: 50 }))
    .waitFor()
  expect(await work.getAttribute('value')).toBe('4')

  // as a phone does that was put away: the fan presses nothing again, and nothing is done twice
  await page.reload()
  await work.waitFor()
  expect(await work.getAttribute('value')).toBe('4')
  await allow(5)
  await page.getByText(say('you_are_next')).waitFor()
  expect(new URL(page.url()).search).toBe('')
  expect(challenges).toHaveLength(2)

  await page.goto('/')
  await page.goto(`/concerts/${concertId}/line`)
  await page.getByText(say('you_are_next')).waitFor()
  expect(await work.count()).toBe(0)
  expect(challenges).toHaveLength(2)
  // a thread of its own keeps to the policy that came with its file
  expect([...workerPolicies]).toEqual([expect.stringContaining("default-src 'self'")])
  expect(failures).toEqual([])
})

test('a first visit of the line loads at most 50 kB, sockets and all', async () => {
  const { page, say } = await enterAs()
  const loaded = new Map<string, Promise<number>>()
  page.on('requestfinished', (request) => {
    if (!/\/(line|assets\/[^/]+|favicon\.svg)$/.test(new URL(request.url()).pathname)) return
    loaded.set(
      request.url(),
      request.sizes().then(({ responseBodySize }) => responseBodySize),
    )
  })
  await page.goto(linePage)
  await page.getByText(say('live_live')).waitFor()
  const sizes = await Promise.all(loaded.values())
  expect(sizes.length).toBeGreaterThan(3)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(50_000)
})
