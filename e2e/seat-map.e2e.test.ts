import { expect, test } from 'vitest'
import { type Visitor } from './support/browser.ts'
import { pickOnMap, signInAtPage, walkToMap } from './support/journey.ts'
import { club, theatre } from './support/on-sale.ts'
import { until } from './support/until.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { visit } from './support/visit.ts'
import { hold, signUpFan, walkIn } from './support/virtual-fan.ts'

const { sale, browser } = await openSaleInBrowser()

test('on a phone a finger alone finds a seat among 2,402, picks it and holds it', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko', device: 'phone' })
  const { page, say, failures } = visitor
  await signInAtPage(visitor, 'fan1@greenroom.example')
  await walkToMap(visitor, theatre.concertId)
  await pickOnMap(visitor)
  await page.getByRole('button', { name: say('hold_seats') }).tap()
  await page.getByText(say('held_count', { count: 1 })).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect(failures).toEqual([])
})

test('keys alone pick two neighbours on the map, each seat told as it is reached, and hold them', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko' })
  const { page, say, failures } = visitor
  await signInAtPage(visitor, 'fan2@greenroom.example')
  await walkToMap(visitor, club.concertId)
  await mapOf(visitor).focus()
  await page.keyboard.press('ArrowRight')
  const [free, selected] = [say('look_available'), say('look_selected')].map(({ source }) =>
    source.slice(1, -1),
  )
  const told = page.locator('[aria-live=polite]', { hasText: new RegExp(`, (?:${free}|${selected})$`) })
  await told.waitFor()
  const first = await told.textContent()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => told.textContent()).not.toBe(first)
  await page.keyboard.press('Enter')
  await page.getByText(say('picked_count', { count: 2 })).waitFor()
  await page.getByRole('button', { name: say('hold_seats') }).focus()
  await page.keyboard.press('Enter')
  await page.getByText(say('held_count', { count: 2 })).waitFor()
  expect(failures).toEqual([])
})

test('the map paints a seat that another fan takes, and paints it back when it is given back', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko' })
  await signInAtPage(visitor, 'fan3@greenroom.example')
  await walkToMap(visitor, club.concertId)
  const other = await signUpFan(sale.url)
  const pass = await walkIn(other, club.concertId)
  const picture = async () => (await mapOf(visitor).screenshot()).toString('base64')
  const before = await until('the map to be still', async () => {
    const one = await picture()
    return one === (await picture()) ? one : undefined
  })
  const { reservationId } = await hold(other, club.shows[0], pass, [club.seat(40)])
  await until('the map to change', async () => ((await picture()) === before ? undefined : true))
  await other.api.reservations.release.mutate({ reservationId })
  await until('the map to be as it was', async () => ((await picture()) === before ? true : undefined))
  expect(visitor.failures).toEqual([])
})

function mapOf({ page, say }: Visitor) {
  return page.getByRole('application', { name: say('map_name') })
}
