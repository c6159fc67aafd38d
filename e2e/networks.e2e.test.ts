import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { findBrokenRules } from './support/check-books.ts'
import { signInBrowser, seatInList, walkToSeats } from './support/journey.ts'
import { noteShifts } from './support/note-shifts.ts'
import { club, theatre } from './support/on-sale.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { slowDown } from './support/slow-down.ts'
import { visit } from './support/visit.ts'
import { buy, hold, signIn, signUpFan, walkIn } from './support/virtual-fan.ts'

const { sale, browser } = await openSaleInBrowser()
const operator = await signIn(sale.url, 'operator@greenroom.example')
const tune = (capacity: number) =>
  operator.api.operator.tuneLine.mutate({ concertId: club.concertId, capacity })

let demoFan = 1

async function enterAs() {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko' })
  const email = `fan${demoFan++}@greenroom.example`
  await signInBrowser(visitor, email)
  return { ...visitor, fan: await signIn(sale.url, email) }
}

test('a place in line outlives a lost network: the turn that came meanwhile is there once it is back', async () => {
  await tune(0)
  const ahead = await signUpFan(sale.url)
  await ahead.line.join(club.concertId)
  const { page, say, failures } = await enterAs()
  await page.goto(`/concerts/${club.concertId}/line?join=true`)
  await page.getByText(say('fans_ahead', { count: 1 })).waitFor()
  await page.context().setOffline(true)
  await page.getByText(say('offline')).waitFor()
  await ahead.line.leave(club.concertId)
  await tune(200)
  expect(await page.getByText(say('fans_ahead', { count: 1 })).count()).toBe(1)
  await page.context().setOffline(false)
  await page.getByRole('button', { name: say('enter_now') }).click()
  await page.getByRole('heading', { name: say('inside_title') }).waitFor()
  expect(failures).toEqual([])
})

test('a payment whose answer was lost with the network is asked for again and made once', async () => {
  const { page, say, fan } = await enterAs()
  const pass = await walkIn(fan, theatre.concertId)
  const held = await fan.api.reservations.holdBest.mutate({ showId: theatre.shows[0], pass, quantity: 1 })
  await fan.api.wallet.charge.mutate({ amountMinor: 3 * held.amountMinor, idempotencyKey: randomUUID() })
  await page.goto(`/checkout/${held.reservationId}`)
  // the server hears and pays; the page never learns
  await page.route('**/trpc/payments.pay**', async (route) => {
    await route.fetch()
    await page.context().setOffline(true)
    await route.abort()
  })
  await page.getByRole('button', { name: say('pay_button') }).click()
  await page.getByText(say('pay_reply_lost')).waitFor()
  await page.unroute('**/trpc/payments.pay**')
  await page.context().setOffline(false)
  await page.getByRole('button', { name: say('pay_again') }).click()
  await page.getByRole('heading', { name: say('paid_title') }).waitFor()
  expect(await fan.api.wallet.balance.query()).toMatchObject({ balanceMinor: 2 * held.amountMinor })
  expect(await findBrokenRules(sale.databaseUrl)).toEqual([])
})

test('a ticket that was looked at opens at the gate without a network', async () => {
  const { page, say, fan } = await enterAs()
  const pass = await walkIn(fan, theatre.concertId)
  await buy(fan, await fan.api.reservations.holdBest.mutate({ showId: theatre.shows[0], pass, quantity: 1 }))
  await page.goto('/tickets')
  await page.locator('main a[href^="/tickets/"]').first().click()
  const code = page.getByRole('img', { name: say('qr_label') })
  await code.waitFor()
  // the dark squares themselves: pixels also say where the page is scrolled to
  const drawn = () => code.locator('path').getAttribute('d')
  const online = await drawn()
  expect(online).toMatch(/^(M\d+ \d+h1v1h-1z)+$/)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.context().setOffline(true)
  await page.reload()
  await code.waitFor()
  expect(await drawn()).toBe(online)
})

test('with sockets blocked the line and the seats go on by asking; with asking blocked too nothing arrives', async () => {
  await tune(0)
  const ahead = await signUpFan(sale.url)
  await ahead.line.join(club.concertId)
  const visitor = await enterAs()
  const { page, say } = visitor
  await page.routeWebSocket(/socket\.io/, (socket) => socket.close())
  await page.route(/socket\.io/, (route) => route.abort())
  await page.goto(`/concerts/${club.concertId}/line?join=true`)
  await page.getByText(say('fans_ahead', { count: 1 })).waitFor()
  await page.getByText(say('live_polling')).waitFor()
  await tune(200)
  await walkToSeats(visitor, club.concertId)

  const other = await signUpFan(sale.url)
  const pass = await walkIn(other, club.concertId)
  await hold(other, club.shows[0], pass, [club.seat(11)])
  await seatInList(visitor, 11, 'held').waitFor()

  await page.route('**/trpc/**', (route) => route.abort())
  await page.getByText(say('live_reconnecting')).first().waitFor()
  await hold(other, club.shows[0], pass, [club.seat(12)])
  const asked = await page.waitForEvent('requestfailed', (request) => request.url().includes('/trpc/'))
  expect(asked.failure()).not.toBeNull()
  expect(await seatInList(visitor, 12, 'available').count()).toBe(1)
  await ahead.line.leave(club.concertId)
})

test('on a slow phone network nothing jumps when the data arrives, from the front page to the ticket', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko', device: 'phone' })
  const { page, say } = visitor
  const fan = await signIn(sale.url, `fan${demoFan++}@greenroom.example`)
  await page.context().addCookies([{ name: 'greenroom_session', value: fan.token, url: sale.url }])
  const pass = await walkIn(fan, theatre.concertId)
  const held = await fan.api.reservations.holdBest.mutate({ showId: theatre.shows[0], pass, quantity: 1 })
  const bought = await fan.api.reservations.holdBest.mutate({ showId: theatre.shows[1], pass, quantity: 1 })
  const { ticketIds } = await buy(fan, bought)
  const shifts = await noteShifts(page)
  await slowDown(page)
  const jumps: Record<string, number> = {}
  for (const [path, sign] of [
    ['/', say('see_concert')],
    [`/concerts/${theatre.concertId}`, say('join_line')],
    [`/concerts/${theatre.concertId}/line`, say('seats_left')],
    [`/concerts/${theatre.concertId}/shows/${theatre.shows[0]}`, say('held_count')],
    [`/checkout/${held.reservationId}`, say('charge_button')],
    ['/reservations', say('to_payment')],
    ['/wallet', say('kind_charge')],
    ['/tickets', say('ticket_valid')],
    [`/tickets/${ticketIds[0]}`, say('holder')],
  ] as const) {
    await page.goto(path)
    await page.getByText(sign).first().waitFor()
    jumps[path] = await shifts.sum()
  }
  expect(Object.entries(jumps).filter(([, sum]) => sum > 0.01)).toEqual([])
})

test('a jump would be noticed', async () => {
  const { page } = await visit(browser, { url: sale.url, locale: 'ko' })
  const shifts = await noteShifts(page)
  await page.goto('/sign-in')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.evaluate(async () => {
    const late = document.createElement('div')
    late.style.height = '300px'
    document.body.prepend(late)
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  })
  await expect.poll(shifts.sum).toBeGreaterThan(0.1)
})
