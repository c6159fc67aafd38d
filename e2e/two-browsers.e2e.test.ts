import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type Visitor } from './support/browser.ts'
import { firstDate, seatInList, signInBrowser, walkToSeats } from './support/journey.ts'
import { club, type OnSale, startOnSale } from './support/on-sale.ts'
import { visit } from './support/visit.ts'
import { hold, signIn, signUpFan, type VirtualFan, walkIn } from './support/virtual-fan.ts'

let sale: OnSale
let browsers: [Browser, Browser]
let demoFan = 1

beforeAll(async () => {
  const [started, one, other] = await Promise.all([startOnSale(), openBrowser(), openBrowser()])
  sale = started
  browsers = [one, other]
})
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()))
  await sale.close()
})
test('a seat held in one browser turns taken in the other with no reload, comes back when given back, and is sold when paid', async () => {
  const [mina, jun] = await visitTwice()
  await Promise.all([goToSeats(mina), goToSeats(jun)])
  const isSamePage = await markPage(jun)

  await holdInPage(mina, 31)
  await seatInList(jun, 31, 'held').waitFor()

  await mina.page.getByRole('button', { name: mina.say('release') }).click()
  await seatInList(jun, 31, 'available').waitFor()
  await seatInList(mina, 31, 'available').waitFor()

  await holdInPage(mina, 31)
  await seatInList(jun, 31, 'held').waitFor()
  await mina.page.getByRole('link', { name: mina.say('to_payment') }).click()
  await mina.page.getByRole('button', { name: mina.say('charge_button') }).click()
  await mina.page.getByRole('button', { name: mina.say('pay_button') }).click()
  await seatInList(jun, 31, 'sold').waitFor()
  expect(await isSamePage()).toBe(true)
  expect([...mina.failures, ...jun.failures]).toEqual([])
})

test('without a connection nothing of it arrives; with it again the page catches up by itself', async () => {
  const [mina, jun] = await visitTwice()
  const other = await insideByApi()
  await goToSeats(jun)
  const isSamePage = await markPage(jun)
  await jun.page.context().setOffline(true)
  await hold(other.fan, club.shows[0], other.pass, [club.seat(32)])
  await goToSeats(mina)
  await seatInList(mina, 32, 'held').waitFor()
  expect(await seatInList(jun, 32, 'available').count()).toBe(1)
  await jun.page.context().setOffline(false)
  await seatInList(jun, 32, 'held').waitFor()
  expect(await isSamePage()).toBe(true)
})

test('who loses the race for one of three picked seats is told which, and keeps the others', async () => {
  const [, jun] = await visitTwice()
  const other = await insideByApi()
  await goToSeats(jun)
  for (const number of [1, 2, 3]) await seatInList(jun, number, 'available').click()
  await jun.page.getByText(jun.say('picked_count', { count: 3 })).waitFor()
  await hold(other.fan, club.shows[0], other.pass, [club.seat(2)])
  const alert = lostSeat(jun, 2)
  await alert.getByText(jun.say('lost_kept', { count: 2 })).waitFor()
  for (const number of [1, 3]) await seatInList(jun, number, 'selected').waitFor()
  await jun.page.getByRole('button', { name: jun.say('hold_seats') }).click()
  for (const number of [1, 3]) await seatInList(jun, number, 'mine').waitFor()
  expect(jun.failures).toEqual([])
})

test('who presses hold before the news arrives is told the same, and keeps the others', async () => {
  const [, jun] = await visitTwice()
  const other = await insideByApi()
  // no socket, and later no answer to what the page asks instead, so that only the server's answer to the hold can tell it
  await jun.page.routeWebSocket(/socket\.io/, (socket) => socket.close())
  await goToSeats(jun)
  for (const number of [5, 6, 7]) await seatInList(jun, number, 'available').click()
  await jun.page.route(/\/trpc\/seats\./, () => undefined)
  await hold(other.fan, club.shows[0], other.pass, [club.seat(6)])
  await jun.page.getByRole('button', { name: jun.say('hold_seats') }).click()
  const alert = lostSeat(jun, 6)
  await alert.getByText(jun.say('lost_kept', { count: 2 })).waitFor()
  for (const number of [5, 7]) await seatInList(jun, number, 'selected').waitFor()
  expect(jun.failures).toEqual([])
})

test('api and gateway killed and back: both pages go on by themselves, the place and the seats are as they were', async () => {
  const [mina, jun] = await visitTwice()
  const operator = await signIn(sale.url, 'operator@greenroom.example')
  const other = await insideByApi()
  await goToSeats(jun)
  await operator.api.operator.tuneLine.mutate({ concertId: club.concertId, capacity: 0 })
  const ahead = await signUpFan(sale.url)
  await ahead.line.join(club.concertId)
  await signInBrowser(mina, nextFan())
  await mina.page.goto(`/concerts/${club.concertId}/line?join=true`)
  await mina.page.getByText(mina.say('fans_ahead', { count: 1 })).waitFor()
  const areSamePages = await Promise.all([markPage(mina), markPage(jun)])

  await Promise.all([sale.api.kill(), sale.gateway.kill()])
  await Promise.all(
    [mina, jun].map(({ page, say }) => page.getByText(say('live_reconnecting')).first().waitFor()),
  )
  await Promise.all([sale.api.start(), sale.gateway.start()])
  await mina.page.getByText(mina.say('fans_ahead', { count: 1 })).waitFor()
  await hold(other.fan, club.shows[0], other.pass, [club.seat(41)])
  await seatInList(jun, 41, 'held').waitFor()
  await operator.api.operator.tuneLine.mutate({ concertId: club.concertId, capacity: 200 })
  await mina.page.getByRole('button', { name: mina.say('enter_now') }).click()
  await firstDate(mina, club.concertId).waitFor()
  expect(await Promise.all(areSamePages.map((isSamePage) => isSamePage()))).toEqual([true, true])
  await ahead.line.leave(club.concertId)
})

/** Two people at two browsers. */
async function visitTwice(): Promise<[mina: Visitor, jun: Visitor]> {
  return [
    await visit(browsers[0], { url: sale.url, locale: 'ko' }),
    await visit(browsers[1], { url: sale.url, locale: 'ko' }),
  ]
}

async function goToSeats(visitor: Visitor): Promise<void> {
  await signInBrowser(visitor, nextFan())
  await walkToSeats(visitor, club.concertId)
}

async function holdInPage(visitor: Visitor, number: number): Promise<void> {
  await seatInList(visitor, number, 'available').click()
  await visitor.page.getByRole('button', { name: visitor.say('hold_seats') }).click()
  await seatInList(visitor, number, 'mine').waitFor()
}

/** The message about a lost race that names this seat. */
function lostSeat({ page, say }: Visitor, number: number): Locator {
  const seat = say('seat_row_number', { number }).source.slice(1, -1)
  return page.getByRole('alert').filter({ hasText: new RegExp(`(?:^| )${seat}`) })
}

async function insideByApi(): Promise<{ fan: VirtualFan; pass: string }> {
  const fan = await signIn(sale.url, nextFan())
  return { fan, pass: await walkIn(fan, club.concertId) }
}

function nextFan(): string {
  return `fan${demoFan++}@greenroom.example`
}

/** Answers later whether it is still the same document: one that was loaded anew has no mark. */
async function markPage({ page }: Visitor): Promise<() => Promise<boolean>> {
  await page.evaluate(() => {
    document.documentElement.dataset['mark'] = 'here'
  })
  return () => page.evaluate(() => document.documentElement.dataset['mark'] === 'here')
}
