import { randomUUID } from 'node:crypto'
import type { Reservation } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { aClub } from './scenes/copy-concert.ts'
import { openHouse } from './scenes/house.ts'
import { failCall } from './support/fail-call.ts'
import { theatre } from './support/on-sale.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { until } from './support/until.ts'
import { visit } from './support/visit.ts'
import { buy, hold, signUpFan, type VirtualFan, walkIn } from './support/virtual-fan.ts'

const { sale, browser } = await openSaleInBrowser()

/** A fan at the theatre with two holds of a seat each, and a page that is theirs. */
async function holdTwice() {
  const fan = await signUpFan(sale.url)
  const pass = await walkIn(fan, theatre.concertId)
  const [showId] = theatre.shows
  const one = await fan.api.reservations.holdBest.mutate({ showId, pass, quantity: 1 })
  const two = await fan.api.reservations.holdBest.mutate({ showId, pass, quantity: 1 })
  return { ...(await openAs(fan)), one, two }
}

async function openAs(fan: VirtualFan) {
  const visitor = await visit(browser, { url: sale.url, locale: 'en' })
  await visitor.page.context().addCookies([{ name: 'greenroom_session', value: fan.token, url: sale.url }])
  const { page, say } = visitor
  return {
    ...visitor,
    fan,
    payButton: page.getByRole('button', { name: say('pay_button') }),
    openCheckout: (...holds: Reservation[]) =>
      page.goto(`/checkout/${holds.map((each) => each.reservationId).join(',')}`),
    /** What the page says, wherever. */
    text: () => page.getByRole('main').innerText(),
    focused: () => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 3)),
  }
}

async function charge(fan: VirtualFan, amountMinor: number): Promise<void> {
  await fan.api.wallet.charge.mutate({ amountMinor, idempotencyKey: randomUUID() })
}

const won = (minor: number): string => `₩${minor.toLocaleString('en')}`

test('of two holds one was paid elsewhere: the other alone is paid, and the page that follows says so to everybody', async () => {
  const { page, say, fan, one, two, openCheckout, payButton, focused, failures } = await holdTwice()
  await buy(fan, one)
  await charge(fan, two.amountMinor)
  await openCheckout(one, two)
  await page.getByRole('button', { name: say('pay_button', { amount: won(two.amountMinor) }) }).waitFor()
  await page.getByText(say('state_paid')).waitFor()
  await payButton.click()
  await page.getByRole('heading', { name: say('paid_title') }).waitFor()
  // the button that had the focus is gone
  await expect.poll(focused).toBe('<h1')
  await expect.poll(() => page.title()).toMatch(/^You have tickets/)
  expect(await fan.api.wallet.balance.query()).toMatchObject({ balanceMinor: 0 })
  expect(failures).toEqual([])
})

test('of two holds one was given back: the other is still there to pay', async () => {
  const { page, say, fan, one, two, openCheckout, failures } = await holdTwice()
  await fan.api.reservations.release.mutate({ reservationId: one.reservationId })
  await charge(fan, two.amountMinor)
  await openCheckout(one, two)
  await page.getByRole('button', { name: say('pay_button', { amount: won(two.amountMinor) }) }).waitFor()
  await page.getByText(say('state_released')).waitFor()
  expect(failures).toEqual([])
})

test('what ended is told by how it ended: money that came back is not called money that never left', async () => {
  const { page, say, fan, one, two, openCheckout, text } = await holdTwice()
  await buy(fan, one)
  await fan.api.reservations.release.mutate({ reservationId: two.reservationId })
  await openCheckout(one, two)
  await page.getByRole('heading', { name: say('paid_title') }).waitFor()
  await page.getByText(say('state_released')).waitFor()
  const { reservationId } = one
  await fan.api.payments.refund.mutate({ reservationId, idempotencyKey: randomUUID() })
  await openCheckout(one)
  await page.getByRole('heading', { name: say('state_refunded') }).waitFor()
  await page.getByText(say('ended_refunded')).waitFor()
  await openCheckout(one, two)
  await page.getByRole('heading', { name: say('hold_ended_title') }).waitFor()
  await page.getByText(say('state_refunded')).waitFor()
  await page.getByText(say('state_released')).waitFor()
  expect(await text()).toContain('The seats were given back.')
})

test('a hold whose seats somebody took is left out after the first refusal, and the rest is paid', async () => {
  const house = await openHouse(sale)
  const { concertId, shows, seat } = await house.newConcert({ ...aClub, holdTtlMs: 1_000 })
  const fan = await signUpFan(sale.url)
  const pass = await walkIn(fan, concertId)
  const lost = await hold(fan, shows[0], pass, [seat(1)])
  const kept = await hold(fan, shows[0], pass, [seat(2)])
  await until('the end of both holds', async () => {
    const states = await Promise.all(
      [lost, kept].map(({ reservationId }) => fan.api.reservations.get.query({ reservationId })),
    )
    return states.every(({ state }) => state === 'EXPIRED') ? true : undefined
  })
  const rival = await signUpFan(sale.url)
  await buy(rival, await hold(rival, shows[0], await walkIn(rival, concertId), [seat(1)]))
  await charge(fan, lost.amountMinor + kept.amountMinor)

  const { page, say, openCheckout, payButton, text, focused } = await openAs(fan)
  await openCheckout(lost, kept)
  await payButton.click()
  await page.getByText(say('pay_changed')).waitFor()
  await page.getByRole('button', { name: say('pay_button', { amount: won(kept.amountMinor) }) }).click()
  await page.getByRole('heading', { name: say('paid_title') }).waitFor()
  await page.getByText(say('state_expired')).waitFor()
  expect(await fan.api.wallet.balance.query()).toMatchObject({ balanceMinor: lost.amountMinor })

  // by itself it has neither a button nor the promise that it can still be paid
  await openCheckout(lost)
  await page.locator('[aria-live=polite]', { hasText: 'you can still pay' }).waitFor()
  await payButton.click()
  await page.getByText(say('error_hold_expired')).waitFor()
  expect(await text()).not.toContain('you can still pay')
  expect(await payButton.count()).toBe(0)
  await expect.poll(focused).toBe('<h1')
})

test('a balance that cannot be read does not keep anybody from paying, and can be asked for again', async () => {
  const { page, say, fan, one, two, openCheckout, payButton } = await holdTwice()
  await charge(fan, 10 * one.amountMinor)
  const { mend } = await failCall(page, 'wallet.balance')
  await openCheckout(one)
  const failed = page.getByRole('alert')
  await failed.getByText('Your balance could not be read').waitFor()
  await payButton.click()
  await page.getByRole('heading', { name: say('paid_title') }).waitFor()

  // what is refused is not tried again and again before it is told, as what does not arrive is
  await mend()
  const refused = await failCall(page, 'wallet.balance', 'forbidden')
  await openCheckout(two)
  await failed.getByText('Your balance could not be read').waitFor()
  await refused.mend()
  await failed.getByRole('button', { name: say('try_again') }).click()
  await failed.waitFor({ state: 'detached' })
  await page
    .getByRole('main')
    .getByText(won(9 * one.amountMinor), { exact: true })
    .waitFor()
  expect(await fan.api.wallet.balance.query()).toMatchObject({ balanceMinor: 9 * one.amountMinor })
})

test('money that was spent in another tab meanwhile: the refusal brings what is left and the way to more', async () => {
  const { page, say, fan, one, two, openCheckout, payButton } = await holdTwice()
  await charge(fan, one.amountMinor)
  await openCheckout(one)
  await page.getByRole('main').getByText(won(one.amountMinor), { exact: true }).nth(1).waitFor()
  await fan.api.payments.pay.mutate({
    reservationIds: [two.reservationId],
    idempotencyKey: randomUUID(),
  })
  await payButton.click()
  await page.getByText(say('missing', { amount: won(one.amountMinor) })).waitFor()
  await page.getByRole('button', { name: say('charge_button') }).click()
  await payButton.click()
  await page.getByRole('heading', { name: say('paid_title') }).waitFor()
  expect(await fan.api.wallet.balance.query()).toMatchObject({ balanceMinor: 0 })
})

test('a wallet that cannot be read says so instead of seeming to load for ever', async () => {
  const fan = await signUpFan(sale.url)
  await charge(fan, 12_000)
  const { page, say } = await openAs(fan)
  const { mend } = await failCall(page, 'wallet.balance')
  const statement = await failCall(page, 'wallet.statement')
  await page.goto('/wallet')
  const again = page.getByRole('button', { name: say('try_again') })
  await again.waitFor()
  await mend()
  await page.getByRole('button', { name: say('charge_button') }).waitFor()
  await page.getByRole('alert').waitFor()
  await statement.mend()
  await again.click()
  await page.getByText(say('kind_charge')).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  await expect.poll(() => page.title()).toMatch(/^Wallet/)
})
