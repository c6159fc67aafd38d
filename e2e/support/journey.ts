import type { ConcertId } from '@greenroom/contract'
import type { Locator } from 'playwright-core'
import type { Visitor } from './browser.ts'
import { until } from './until.ts'

/** Fills in the sign-up form that is on the page. */
export async function fillSignUp(
  { page, say }: Visitor,
  fan: { name: string; email: string },
): Promise<void> {
  await page.getByLabel(say('name')).fill(fan.name)
  await page.getByLabel(say('email')).fill(fan.email)
  await page.getByLabel(say('password')).fill('a long password')
  await page.getByRole('button', { name: say('sign_up') }).click()
}

/** Signs in a demo fan by the form. */
export async function signInAtPage({ page, say }: Visitor, email: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel(say('email')).fill(email)
  await page.getByLabel(say('password')).fill('greenroom')
  await page.getByRole('button', { name: say('sign_in') }).click()
  await page.waitForURL((url) => url.pathname === '/')
}

/** Signs in a demo fan without the form, which costs two pages: the browser keeps the session that it is answered with. */
export async function signInBrowser({ page }: Visitor, email: string): Promise<void> {
  const reply = await page.request.post('/trpc/accounts.signIn', { data: { email, password: 'greenroom' } })
  if (!reply.ok()) throw new Error(`${email} was not signed in: ${await reply.text()}`)
}

/** From the waiting room to the map of the concert's first date; for a line with room. */
export async function walkToMap(visitor: Visitor, concertId: ConcertId): Promise<void> {
  const { page, say } = visitor
  await page.goto(`/concerts/${concertId}/line?join=true`)
  const offer = page.getByRole('button', { name: say('enter_now') })
  const inside = page.getByRole('heading', { name: say('inside_title') })
  // at once, or by an offer, which the join that made it may claim before a finger is there
  await until('the way in', async () => {
    if (await inside.isVisible()) return true
    return await offer.click({ timeout: 1_000 }).then(
      () => undefined,
      () => undefined,
    )
  })
  await firstDate(visitor, concertId).click()
  await page.getByRole('button', { name: say('map_overview') }).waitFor()
}

/** The same, with the list open. */
export async function walkToSeats(visitor: Visitor, concertId: ConcertId): Promise<void> {
  await walkToMap(visitor, concertId)
  await showList(visitor)
}

export function firstDate({ page }: Visitor, concertId: ConcertId): Locator {
  return page.locator(`main a[href^="/concerts/${concertId}/shows/"]`).first()
}

/**
 * Picks one seat on the map: with a finger by pressing its middle, which among seats too small comes closer first; at a
 * desktop with the keys, because the middle may be an aisle.
 */
export async function pickOnMap({ page, say, device }: Visitor): Promise<void> {
  const map = page.getByRole('application', { name: say('map_name') })
  const picked = page.getByText(say('picked_count', { count: 1 }))
  await until('a seat to be picked', async () => {
    if (device === 'phone') await map.tap()
    else await map.press('ArrowRight')
    if (device === 'desktop') await map.press('Enter')
    return await picked.waitFor({ timeout: 1_000 }).then(
      () => true,
      () => undefined,
    )
  })
}

/** The map with the list of seats below it: every seat a button that says its state. */
export async function showList({ page, say }: Visitor): Promise<void> {
  await page.getByRole('button', { name: say('view_list') }).click()
  await page.getByRole('region', { name: say('map_list') }).waitFor()
}

/** The seat of the list with that number, when it is in that state. */
export function seatInList(
  { page, say }: Visitor,
  number: number,
  look: 'available' | 'selected' | 'mine' | 'held' | 'sold' | 'muted' | 'offered',
): Locator {
  const words = look === 'muted' || look === 'offered' ? say(`seat_is_${look}`) : say(`look_${look}`)
  const [seat, state] = [say('seat_row_number', { number }), words].map(({ source }) => source.slice(1, -1))
  const name = new RegExp(`(?:^| )${seat}, .*, ${state}$`)
  return page.getByRole('region', { name: say('map_list') }).getByRole('button', { name })
}
