import { randomUUID } from 'node:crypto'
import type { Locale } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { type Device } from './support/browser.ts'
import { findBrokenRules } from './support/check-books.ts'
import { handsOf } from './support/hands.ts'
import { firstDate } from './support/journey.ts'
import { known } from './support/known.ts'
import { club } from './support/on-sale.ts'
import { refusalOf } from './support/refusal.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { visit } from './support/visit.ts'
import { signIn, signUpFan } from './support/virtual-fan.ts'

const { sale, browser } = await openSaleInBrowser()
const operator = await signIn(sale.url, 'operator@greenroom.example')

const journeys: { way: 'mouse' | 'finger' | 'keys'; locale: Locale; device: Device; input: string }[] = [
  { way: 'mouse', locale: 'en', device: 'desktop', input: 'mouse' },
  { way: 'finger', locale: 'ko', device: 'phone', input: 'touch' },
  { way: 'keys', locale: 'ko', device: 'desktop', input: 'keys' },
]

test.for(journeys)(
  'from the front page to a ticket that opens the gate once: sign up, wait, go in, hold two, charge, pay (by $way, $locale, $device)',
  async ({ way, locale, device, input }) => {
    // nobody gets in yet, and somebody is ahead
    await operator.api.operator.tuneLine.mutate({ concertId: club.concertId, capacity: 0 })
    const ahead = await signUpFan(sale.url)
    await ahead.line.join(club.concertId)

    const visitor = await visit(browser, { url: sale.url, locale, device })
    const { page, say, failures } = visitor
    const hands = await handsOf(visitor, way)
    const press = (message: string, given?: Record<string, string | number>) =>
      hands.press(page.getByRole('button', { name: say(message, given) }))
    const follow = (message: string) =>
      hands.press(page.getByRole('main').getByRole('link', { name: say(message) }))

    await page.goto('/')
    const { title } = await operator.api.catalogue.concert.query({ concertId: club.concertId })
    await hands.press(page.getByRole('link', { name: title[locale] }).first())
    await press('join_line')
    await follow('sign_up')
    const email = `page-${randomUUID()}@greenroom.example`
    await hands.write(page.getByLabel(say('name')), 'Mina Park')
    await hands.write(page.getByLabel(say('email')), email)
    await hands.write(page.getByLabel(say('password')), 'a long password')
    await press('sign_up')

    await page.getByText(say('fans_ahead', { count: 1 })).waitFor()
    await page.reload()
    await page.getByText(say('fans_ahead', { count: 1 })).waitFor()

    await operator.api.operator.tuneLine.mutate({ concertId: club.concertId, capacity: 200 })
    await press('enter_now')
    await hands.press(firstDate(visitor, club.concertId))
    await page.getByRole('button', { name: say('map_overview') }).waitFor()
    await hands.comeCloser()
    for (const count of [1, 2]) {
      await hands.pickSeat()
      await page.getByText(say('picked_count', { count })).waitFor()
    }
    await press('hold_seats')
    await page.getByText(say('held_count', { count: 2 })).waitFor()

    await hands.press(page.getByRole('link', { name: say('to_payment') }))
    await page.getByRole('timer').waitFor()
    await press('charge_button')
    await press('pay_button')
    const paid = page.getByRole('heading', { name: say('paid_title') })
    await paid.waitFor()
    await expect
      .poll(() => paid.evaluate((heading) => heading.getBoundingClientRect().top))
      .toBeGreaterThan(60)

    await follow('see_tickets')
    const stubs = page.locator('main a[href^="/tickets/"]')
    await expect.poll(() => stubs.count()).toBe(2)
    await hands.press(stubs.first())
    await page.getByRole('img', { name: say('qr_label') }).waitFor()
    await page.getByRole('article').first().getByText('Mina Park').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    expect([...hands.used]).toEqual([input])

    const fan = await signIn(sale.url, email, 'a long password')
    const codes = (await fan.api.tickets.list.query()).map((ticket) => ticket.code)
    expect(codes).toHaveLength(2)
    for (const code of codes) await operator.api.tickets.admit.mutate({ code })
    const again = operator.api.tickets.admit.mutate({ code: known(codes[0], 'ticket') })
    expect(await refusalOf(again)).toMatchObject({ code: 'TICKET_USED' })
    await page.reload()
    // asked when the page is opened: by itself it looks again each 15 s
    await page.getByText(say('ticket_used')).first().waitFor({ timeout: 10_000 })
    expect(failures).toEqual([])
    await ahead.line.leave(club.concertId)
  },
)

test('the books are right after all journeys', async () => {
  expect(await findBrokenRules(sale.databaseUrl)).toEqual([])
})
