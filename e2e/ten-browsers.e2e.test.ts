import type { SeatId } from '@greenroom/contract'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type Visitor } from './support/browser.ts'
import { findBrokenRules } from './support/check-books.ts'
import { seatInList, showList } from './support/journey.ts'
import { club, type OnSale, startOnSale } from './support/on-sale.ts'
import { query } from './support/query.ts'
import { visit } from './support/visit.ts'
import { signIn, walkIn } from './support/virtual-fan.ts'

const crowd = Array.from({ length: 10 }, (_, at) => at)
const wanted = [31, 32]

let sale: OnSale
/** Five profiles in each: they share a machine with two cores and nothing else. */
let browsers: [Browser, Browser]

beforeAll(async () => {
  const [started, one, other] = await Promise.all([startOnSale(), openBrowser(), openBrowser()])
  sale = started
  browsers = [one, other]
})
afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()))
  await sale.close()
})

test('of ten browsers that press hold for the same two seats one has them; the others are told which and are found as many together; all ten then show the hall as it is', async () => {
  const visitors = await Promise.all(crowd.map(openInside))
  for (const visitor of visitors) await pick(visitor)
  const outcomes = await Promise.all(visitors.map(tryToHold))
  expect(outcomes.toSorted()).toEqual(['held', ...Array.from({ length: 9 }, () => 'lost')])
  const losers = visitors.filter((_, at) => outcomes[at] === 'lost')
  for (const { page } of losers)
    await page
      .getByRole('alert')
      .getByText(/31\D+32/)
      .waitFor()
  await Promise.all(
    losers.map(({ page, say }) =>
      page.getByRole('button', { name: say('best_button', { count: 2 }) }).click(),
    ),
  )
  await Promise.all(losers.map(({ page, say }) => page.getByText(say('held_count', { count: 2 })).waitFor()))

  const owners = await ownersOfSeats()
  expect(owners.size).toBe(20)
  for (const visitor of visitors) {
    await expect
      .poll(() => countLooks(visitor), { timeout: 60_000 })
      .toEqual({ mine: 2, held: 18, available: 30 })
  }
  expect(visitors.flatMap(({ failures }) => failures)).toEqual([])
  expect(await findBrokenRules(sale.databaseUrl)).toEqual([])
})

/** A fan who has been let in, with the seats of the first date before them as a list. */
async function openInside(at: number): Promise<Visitor> {
  const fan = await signIn(sale.url, `fan${at + 1}@greenroom.example`)
  await walkIn(fan, club.concertId)
  const visitor = await visit(browsers[at % 2 === 0 ? 0 : 1], { url: sale.url, locale: 'ko' })
  const { page } = visitor
  page.setDefaultTimeout(60_000)
  await page.context().addCookies([{ name: 'greenroom_session', value: fan.token, url: sale.url }])
  await page.goto(`/concerts/${club.concertId}/shows/${club.shows[0]}`)
  await showList(visitor)
  return visitor
}

async function pick(visitor: Visitor): Promise<void> {
  for (const number of wanted) await seatInList(visitor, number, 'available').click()
  await visitor.page.getByText(visitor.say('picked_count', { count: wanted.length })).waitFor()
}

/** Presses hold and answers what came of it; on a slow page the seats may be lost before it can be pressed. */
async function tryToHold({ page, say }: Visitor): Promise<'held' | 'lost'> {
  const hold = async () => {
    await page.getByRole('button', { name: say('hold_seats') }).click()
    await page.getByText(say('held_count', { count: 2 })).waitFor()
    return 'held' as const
  }
  const lose = async () => {
    await page.getByRole('alert').getByText(say('lost_none_kept')).waitFor()
    return 'lost' as const
  }
  return await Promise.any([hold(), lose()])
}

/** How many seats of the list look how. */
async function countLooks({ page, say }: Visitor): Promise<Record<string, number>> {
  const names = await page
    .getByRole('region', { name: say('map_list') })
    .getByRole('gridcell')
    .evaluateAll((seats) => seats.map((seat) => seat.querySelector('button')?.title ?? ''))
  const looks = ['mine', 'held', 'available'] as const
  return Object.fromEntries(
    looks.map((look) => {
      const ending = new RegExp(`, ${say(`look_${look}`).source.slice(1, -1)}$`)
      return [look, names.filter((name) => ending.test(name)).length]
    }),
  )
}

async function ownersOfSeats(): Promise<Map<SeatId, number>> {
  const rows = await query<{ seatId: SeatId; fanId: number }>(
    sale.databaseUrl,
    `select seats.id as "seatId", fan_id as "fanId" from seats
     join reservations on reservations.id = seats.reservation_id
     where seats.show_id = $1 and seats.status = 'held'`,
    [club.shows[0]],
  )
  return new Map(rows.map(({ seatId, fanId }) => [seatId, fanId]))
}
