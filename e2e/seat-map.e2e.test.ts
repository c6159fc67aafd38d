import { concertId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { type Visitor } from './support/browser.ts'
import { pickOnMap, seatInList, signInBrowser, walkToMap, walkToSeats } from './support/journey.ts'
import { club, theatre } from './support/on-sale.ts'
import { readWords } from './support/page-words.ts'
import { until } from './support/until.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { visit } from './support/visit.ts'
import { movedPx, watchMarks } from './support/watch-marks.ts'
import { hold, signIn, signUpFan, walkIn } from './support/virtual-fan.ts'

const { sale, browser } = await openSaleInBrowser()

/** The demo's third concert, whose floor has places to stand; it opens later unless an operator opens it. */
const arena = concertId.parse(3)

test('on a phone a finger alone finds a seat among 2,402, picks it and holds it', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko', device: 'phone' })
  const { page, say, failures } = visitor
  await signInBrowser(visitor, 'fan1@greenroom.example')
  await walkToMap(visitor, theatre.concertId)
  await pickOnMap(visitor)
  await page.getByRole('button', { name: say('hold_seats') }).tap()
  await page.getByText(say('held_count', { count: 1 })).waitFor()
  // the panel with the countdown is closed: what tells how much is left is outside it
  await page.getByText(say('hold_left')).locator('[aria-live=assertive]').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  expect(failures).toEqual([])
})

test('keys alone pick two neighbours on the map, each seat told as it is reached, and hold them', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko' })
  const { page, say, failures } = visitor
  await signInBrowser(visitor, 'fan2@greenroom.example')
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
  await signInBrowser(visitor, 'fan3@greenroom.example')
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

test('who says how many first picks them side by side by one press, and by another moves all of them', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko' })
  const { page, say, failures } = visitor
  await signInBrowser(visitor, 'fan4@greenroom.example')
  await walkToSeats(visitor, club.concertId)
  await page
    .getByRole('group', { name: say('how_many') })
    .getByRole('button', { name: '2' })
    .click()
  await seatInList(visitor, 12, 'available').click()
  for (const number of [11, 12]) await seatInList(visitor, number, 'selected').waitFor()
  await seatInList(visitor, 19, 'available').click()
  await seatInList(visitor, 11, 'available').waitFor()
  await page.getByText(say('picked_count', { count: 2 })).waitFor()
  await seatInList(visitor, 19, 'selected').waitFor()
  expect(failures).toEqual([])
})

test('a pick that leaves a seat alone says so and moves aside by one press', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko' })
  const { page, say, failures } = visitor
  await signInBrowser(visitor, 'fan5@greenroom.example')
  await walkToSeats(visitor, club.concertId)
  for (const number of [47, 48]) await seatInList(visitor, number, 'available').click()
  await page.getByText(say('single_text')).waitFor()
  await page.getByRole('button', { name: say('single_move') }).click()
  for (const number of [46, 47]) await seatInList(visitor, number, 'selected').waitFor()
  await page.getByText(say('single_text')).waitFor({ state: 'detached' })
  expect(failures).toEqual([])
})

test('who loses a seat is offered the nearest one of the same price, and holds it with the others by one press', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko' })
  const { page, say, failures } = visitor
  await signInBrowser(visitor, 'fan6@greenroom.example')
  await walkToSeats(visitor, club.concertId)
  for (const number of [31, 32]) await seatInList(visitor, number, 'available').click()
  const other = await signUpFan(sale.url)
  await hold(other, club.shows[0], await walkIn(other, club.concertId), [club.seat(32)])
  const alert = page.getByRole('alert')
  await alert.getByText(say('lost_why_held')).waitFor()
  await alert.getByText(say('lost_kept', { count: 1 })).waitFor()
  const offer = page.getByText(say('lost_equal'))
  const [, equal = ''] = /(\d+)번$/.exec((await offer.textContent()) ?? '') ?? []
  await seatInList(visitor, Number(equal), 'offered').waitFor()
  await page.getByRole('button', { name: say('lost_take', { count: 2 }) }).click()
  for (const number of [31, Number(equal)]) await seatInList(visitor, number, 'mine').waitFor()
  expect(await alert.textContent()).toBe('')
  expect(failures).toEqual([])
})

test('a lost seat shakes and one that came back glows outwards; for who asked for less motion both are marked where they are', async () => {
  const fans = await Promise.all(
    (['no-preference', 'reduce'] as const).map(async (motion, index) => {
      const visitor = await visit(browser, { url: sale.url, locale: 'ko', motion })
      const readMarks = await watchMarks(visitor.page)
      await signInBrowser(visitor, `fan${11 + index}@greenroom.example`)
      await walkToSeats(visitor, club.concertId)
      return { visitor, readMarks }
    }),
  )
  const other = await signUpFan(sale.url)
  const pass = await walkIn(other, club.concertId)
  const look = () => Promise.all(fans.map(({ readMarks }) => readMarks()))
  // half a second each: a busy machine may draw too few pictures in one of them to tell
  await until('the movement to be seen', async () => {
    const before = await look()
    for (const { visitor } of fans) {
      for (const number of [42, 43]) await pickInList(visitor, number)
    }
    const held = await hold(other, club.shows[0], pass, [club.seat(42)])
    for (const { visitor } of fans)
      await visitor.page.getByRole('alert').getByText(visitor.say('lost_why_held')).waitFor()
    await expect
      .poll(async () =>
        (await look()).every((now, at) => now.lostAt.length > (before[at]?.lostAt.length ?? 0)),
      )
      .toBe(true)
    await other.api.reservations.release.mutate({ reservationId: held.reservationId })
    for (const { visitor } of fans) await seatInList(visitor, 42, 'available').waitFor()
    await expect
      .poll(async () =>
        (await look()).every((now, at) => now.glowRadii.length > (before[at]?.glowRadii.length ?? 0)),
      )
      .toBe(true)
    const [moving] = await look()
    return moving !== undefined && movedPx(moving.lostAt) > 2 && movedPx(moving.glowRadii) > 2
      ? true
      : undefined
  })
  const [, still] = await look()
  expect([movedPx(still?.lostAt ?? []), movedPx(still?.glowRadii ?? [])]).toEqual([0, 0])
  for (const { visitor } of fans) expect(visitor.failures).toEqual([])
})

async function pickInList(visitor: Visitor, number: number): Promise<void> {
  if ((await seatInList(visitor, number, 'selected').count()) === 0)
    await seatInList(visitor, number, 'available').click()
}

test('an offered seat that somebody else takes as well does not make the party larger', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko' })
  const { page, say, failures } = visitor
  await signInBrowser(visitor, 'fan9@greenroom.example')
  await walkToSeats(visitor, club.concertId)
  for (const number of [21, 22]) await seatInList(visitor, number, 'available').click()
  const other = await signUpFan(sale.url)
  const pass = await walkIn(other, club.concertId)
  await hold(other, club.shows[0], pass, [club.seat(22)])
  const offeredSeat = async (): Promise<number> =>
    Number(/(\d+)번$/.exec((await page.getByText(say('lost_equal')).textContent()) ?? '')?.[1])
  const first = await offeredSeat()
  await hold(other, club.shows[0], pass, [club.seat(first)])
  await expect.poll(offeredSeat).not.toBe(first)
  await page.getByRole('button', { name: say('lost_take', { count: 2 }) }).click()
  await page.getByText(say('held_count', { count: 2 })).waitFor()
  expect(failures).toEqual([])
})

test('another language changes the words and nothing else: what is picked stays picked', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko' })
  const { page, say, failures } = visitor
  await signInBrowser(visitor, 'fan10@greenroom.example')
  await walkToSeats(visitor, club.concertId)
  for (const number of [37, 38]) await seatInList(visitor, number, 'available').click()
  await page.getByText(say('picked_count', { count: 2 })).waitFor()
  const english = page.getByRole('button', { name: 'English' })
  await english.click()
  await page.getByText(readWords('en')('picked_count', { count: 2 })).waitFor()
  await page.getByRole('region', { name: readWords('en')('map_list') }).waitFor()
  const korean = page.getByRole('button', { name: '한국어' })
  expect(await korean.evaluate((button) => button === document.activeElement)).toBe(true)
  expect(failures).toEqual([])
})

test('with a price chosen only its seats are picked; a press on another says why it is not', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko' })
  const { page, say, failures } = visitor
  await signInBrowser(visitor, 'fan8@greenroom.example')
  await walkToSeats(visitor, club.concertId)
  const prices = page.getByRole('group', { name: say('filter_by_category') })
  await prices.getByRole('button', { name: /^R / }).click()
  const muted = seatInList(visitor, 44, 'muted')
  expect(await muted.getAttribute('aria-disabled')).toBe('true')
  await muted.click({ force: true })
  await page.getByText(say('picked_count', { count: 0 })).waitFor()
  await page.locator('[data-sonner-toast]', { hasText: say('seat_is_muted') }).waitFor()
  await seatInList(visitor, 4, 'available').click()
  await seatInList(visitor, 4, 'selected').waitFor()
  await prices.getByRole('button', { name: /^R / }).click()
  await seatInList(visitor, 44, 'available').click()
  await page.getByText(say('picked_count', { count: 2 })).waitFor()
  expect(failures).toEqual([])
})

test('places to stand are taken by their count, chosen for the fan', async () => {
  const operator = await signIn(sale.url, 'operator@greenroom.example')
  await operator.api.operator.steerLine.mutate({ concertId: arena, action: 'open' })
  const visitor = await visit(browser, { url: sale.url, locale: 'ko' })
  const { page, say, failures } = visitor
  await signInBrowser(visitor, 'fan7@greenroom.example')
  await walkToSeats(visitor, arena)
  await page
    .getByRole('group', { name: say('how_many') })
    .getByRole('button', { name: '2' })
    .click()
  await page.getByRole('button', { name: /^Standing B/ }).click()
  await page.getByRole('button', { name: say('choose_places') }).click()
  const holdPlaces = page.getByRole('button', { name: say('best_standing', { count: 2 }) })
  expect(await holdPlaces.evaluate((button) => button === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await page.getByText(say('held_count', { count: 2 })).waitFor()
  expect(
    await page
      .getByRole('region', { name: say('state_held') })
      .getByText(/^Standing B · /)
      .count(),
  ).toBe(2)
  expect(failures).toEqual([])
})
