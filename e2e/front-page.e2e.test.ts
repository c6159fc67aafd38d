import { expect, test } from 'vitest'
import { failCall } from './support/fail-call.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { visit } from './support/visit.ts'
import { signUpFan } from './support/virtual-fan.ts'

const { sale, browser } = await openSaleInBrowser()

test('a device whose clock is five minutes slow counts down to the same moment as others', async () => {
  const openingMs = async (slowMs: number): Promise<number> => {
    const { page, say } = await visit(browser, { url: sale.url, locale: 'en' })
    await page.addInitScript((byMs) => {
      const now = Date.now
      Date.now = () => now() - byMs
    }, slowMs)
    await page.goto('/')
    const chip = page.getByText(say('phase_lobby_in')).first()
    await chip.waitFor()
    // the first reply brings the time, the next second shows it
    await page.waitForTimeout(1_500)
    const digits = /[\d:]+$/.exec(await chip.innerText())?.[0] ?? ''
    const leftMs = digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1_000
    return Date.now() + leftMs
  }
  const [right, slow] = [await openingMs(0), await openingMs(5 * 60_000)]
  expect(Math.abs(slow - right)).toBeLessThan(60_000)
})

test('the other language: the manifest follows, and what the account could not learn is said', async () => {
  const fan = await signUpFan(sale.url, { name: 'Fan', locale: 'en' })
  const { page, failures } = await visit(browser, { url: sale.url, locale: 'en' })
  await page.context().addCookies([{ name: 'greenroom_session', value: fan.token, url: sale.url }])
  await failCall(page, 'accounts.updateMe')
  // pressed before the page knows who is signed in
  const { promise: pressed, resolve: press } = Promise.withResolvers<void>()
  await page.route(/accounts\.me\b/, async (route) => {
    await pressed
    await route.fallback()
  })
  await page.goto('/')
  const manifest = page.locator('link[rel=manifest]')
  await expect.poll(() => manifest.getAttribute('href')).toBe('/app.en.webmanifest')
  await page.getByRole('button', { name: '한국어' }).click()
  await expect.poll(() => manifest.getAttribute('href')).toBe('/app.ko.webmanifest')
  press()
  await page.getByText('언어를 계정에 저장하지 못했어요').waitFor()
  const answer = await page.request.get('/app.ko.webmanifest')
  expect(answer.headers()['content-type']).toContain('application/manifest+json')
  expect(failures).toEqual([])
})

test('a front page that could not be had has its own title again when it is there', async () => {
  const { page, say, failures } = await visit(browser, { url: sale.url, locale: 'en' })
  const { mend } = await failCall(page, 'catalogue.concerts', 'forbidden')
  await page.goto('/')
  const again = page.getByRole('button', { name: say('try_again') })
  await again.waitFor()
  await expect.poll(() => page.title()).toMatch(/^This could not be shown/)
  await mend()
  await again.click()
  await page.getByRole('heading', { name: say('more_concerts') }).waitFor()
  await expect.poll(() => page.title()).toMatch(/^Concert tickets/)
  expect(failures).toEqual([])
})
