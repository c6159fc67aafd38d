import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { findFaults } from './support/find-faults.ts'
import { known } from './support/known.ts'
import { club } from './support/on-sale.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { visit } from './support/visit.ts'
import { hold, signIn, signUpFans, walkIn } from './support/virtual-fan.ts'

const { sale, browser } = await openSaleInBrowser()
const { concertId, shows, seat } = club
/** Numbers are asked for each two seconds, samples are taken each five. */
const patience = { timeout: 20_000 }

test('an operator watches a small crowd: numbers, charts and seats change by themselves, and what if is answered', async () => {
  const operator = await signIn(sale.url, 'operator@greenroom.example')
  await operator.api.operator.tuneLine.mutate({ concertId, capacity: 2 })
  const crowd = await signUpFans(sale.url, 8)
  const [buyer, other, ...waiting] = [known(crowd[0], 'fan'), known(crowd[1], 'fan'), ...crowd.slice(2)]
  const pass = await walkIn(buyer, concertId)
  await walkIn(other, concertId)
  await Promise.all(waiting.map((fan) => fan.line.join(concertId)))

  const visitor = await visit(browser, { url: sale.url, locale: 'en' })
  const { page, say } = visitor
  await page.context().addCookies([{ name: 'greenroom_session', value: operator.token, url: sale.url }])
  await page.goto(`/admin?concert=${concertId}`)
  const figure = (term: Parameters<typeof say>[0]) =>
    page
      .locator('dl > div', { has: page.locator('dt', { hasText: say(term) }) })
      .locator('dd')
      .first()
  await expect.poll(() => figure('people_waiting').textContent(), patience).toBe('6')
  await expect.poll(() => figure('people_inside').textContent(), patience).toBe('2 / 2')
  await page.evaluate(() => Reflect.set(globalThis, 'isSamePage', true))

  // the charts are drawn, and so far as there were samples there is a table
  await page.locator('.uplot canvas').first().waitFor()
  expect(await page.locator('.uplot').count()).toBe(8)
  await page.getByRole('button', { name: say('charts_table'), exact: true }).click()
  const rows = page.getByRole('region', { name: say('charts_table') }).getByRole('row')
  await rows.nth(1).waitFor()
  const shown = await rows.count()

  // the map, without a pass: a seat that a fan holds is held here, too
  await page.getByRole('button', { name: say('view_list'), exact: true }).click()
  const seats = page.getByRole('gridcell').getByRole('button')
  await seats.first().waitFor()
  const look = async () => (await seats.first().getAttribute('title'))?.split(', ').at(-1)
  await expect.poll(look, patience).toMatch(say('look_available'))
  const { amountMinor, reservationId } = await hold(buyer, shows[0], pass, [seat(1)])
  await expect.poll(look, patience).toMatch(say('look_held'))
  await expect.poll(() => figure('seats_held').textContent(), patience).toBe('1')

  // paid: sold, and the place inside is another's
  await buyer.api.wallet.charge.mutate({ amountMinor, idempotencyKey: randomUUID() })
  await buyer.api.payments.pay.mutate({ reservationIds: [reservationId], idempotencyKey: randomUUID() })
  await expect.poll(() => figure('seats_sold').textContent(), patience).toBe('1')
  await expect.poll(() => figure('people_waiting').textContent(), patience).toBe('5')
  expect(await figure('revenue').textContent()).toContain(amountMinor.toLocaleString('en'))

  // with five in line, another room
  const told = page.getByText(say('what_if_by_room'))
  const before = await told.textContent()
  await page.getByRole('slider', { name: say('capacity') }).press('End')
  await expect.poll(() => told.textContent(), patience).not.toBe(before)
  await page.getByRole('slider', { name: say('capacity') }).press('Home')
  await page.getByText(say('what_if_never')).waitFor()
  expect((await operator.api.operator.overview.query({ concertId })).progress.capacity).toBe(2)

  // a change is asked about first; put off, it has not happened
  await page.getByRole('button', { name: say('steer_pause'), exact: true }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('button', { name: say('back') }).click()
  expect((await operator.api.operator.overview.query({ concertId })).progress.phase).toBe('open')
  await page.getByLabel(say('rate_per_minute'), { exact: true }).first().fill('600')
  await page
    .getByRole('button', { name: say('apply'), exact: true })
    .first()
    .click()
  await dialog.getByText(say('tune_text', { capacity: 2, rate: 600 })).waitFor()
  await dialog.getByRole('button', { name: say('apply') }).click()
  await expect.poll(() => figure('rate_per_minute').textContent(), patience).toBe('600')

  // meanwhile the table has grown by the samples since, and its newest says what was paid
  await expect.poll(() => rows.count(), patience).toBeGreaterThan(shown)
  const newestWaiting = rows.nth(1).getByRole('cell').first()
  await expect.poll(() => newestWaiting.textContent(), patience).toBe('5')

  expect(await page.evaluate(() => Reflect.get(globalThis, 'isSamePage'))).toBe(true)
  expect(await findFaults(page)).toEqual([])
  await page.getByRole('button', { name: say('charts_lines'), exact: true }).click()
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('.uplot canvas').first().waitFor()
  expect(await findFaults(page, 'colour')).toEqual([])
  expect(visitor.failures).toEqual([])
})
