import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Locale } from '@greenroom/contract'
import type { Browser } from 'playwright-core'
import { type Device, openVisitor, type Visitor } from '../support/browser.ts'
import { fillSignUp, firstDate, pickOnMap, showList } from '../support/journey.ts'
import { club, type OnSale, theatre } from '../support/on-sale.ts'
import { signIn, signUpFan, type VirtualFan } from '../support/virtual-fan.ts'

type Combination = { name: string; locale: Locale; colorScheme: 'light' | 'dark'; device: Device }
type Shoot = (name: string) => Promise<void>

/** One fan's way through every page, a picture at each; answers how many. */
export async function takeTour(
  browser: Browser,
  sale: OnSale,
  combination: Combination,
  folder: string,
): Promise<number> {
  const visitor = await openVisitor(browser, { url: sale.url, ...combination })
  const operator = await signIn(sale.url, 'operator@greenroom.example')
  let count = 0
  const shoot: Shoot = async (name) => {
    await visitor.page.evaluate(() => document.fonts.ready)
    await visitor.page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined)
    count += 1
    const number = String(count).padStart(2, '0')
    await visitor.page.screenshot({ path: join(folder, `${combination.name}-${number}-${name}.png`) })
  }
  await seeOutside(visitor, shoot)
  await seeLine(visitor, { shoot, operator, ahead: await signUpFan(sale.url) })
  await seeSeats(visitor, shoot)
  await seePurchase(visitor, shoot)
  await seeOwnPages(visitor, shoot)
  await seeOperatorPages(visitor, { shoot, operator, url: sale.url })
  await visitor.leave()
  return count
}

async function seeOutside(visitor: Visitor, shoot: Shoot): Promise<void> {
  const { page, say } = visitor
  for (const [path, name] of [
    ['/', 'front'],
    [`/concerts/${club.concertId}`, 'concert-club'],
    [`/concerts/${theatre.concertId}`, 'concert-theatre'],
    ['/concerts/3', 'concert-lobby'],
    ['/nowhere', 'not-found'],
    ['/sign-in', 'sign-in'],
    ['/sign-up', 'sign-up'],
  ] as const) {
    await page.goto(path)
    await page.getByRole('heading').first().waitFor()
    await shoot(name)
  }
  await fillSignUp(visitor, { name: '박미나', email: `tour-${randomUUID()}@greenroom.example` })
  await page.waitForURL((url) => url.pathname === '/')
  await page.goto('/concerts/3/line?join=true')
  await page.getByText(say('lobby_text')).waitFor()
  await shoot('line-lobby')
}

async function seeLine(
  visitor: Visitor,
  { shoot, operator, ahead }: { shoot: Shoot; operator: VirtualFan; ahead: VirtualFan },
): Promise<void> {
  const { page, say } = visitor
  const tune = (capacity: number) =>
    operator.api.operator.tuneLine.mutate({ concertId: theatre.concertId, capacity })
  await tune(0)
  await ahead.line.join(theatre.concertId)
  await page.goto(`/concerts/${theatre.concertId}/line?join=true`)
  await page.getByText(say('fans_ahead', { count: 1 })).waitFor()
  await shoot('line-waiting')
  await page.getByRole('button', { name: say('leave_line') }).click()
  await page.getByRole('heading', { name: say('leave_title') }).waitFor()
  await shoot('line-leave')
  await page.keyboard.press('Escape')
  await tune(600)
  await page.getByRole('button', { name: say('enter_now') }).waitFor()
  await shoot('line-turn')
  await page.getByRole('button', { name: say('enter_now') }).click()
  await firstDate(visitor, theatre.concertId).waitFor()
  await shoot('line-inside')
  await ahead.line.leave(theatre.concertId)
}

async function seeSeats(visitor: Visitor, shoot: Shoot): Promise<void> {
  const { page, say, device } = visitor
  await firstDate(visitor, theatre.concertId).click()
  await page.getByRole('button', { name: say('map_overview') }).waitFor()
  await shoot('seats-map')
  await pickOnMap(visitor)
  await shoot('seats-picked')
  await showList(visitor)
  await shoot('seats-list')
  if (device === 'phone') await page.getByRole('button', { name: say('basket_open') }).click()
  await shoot('basket')
  await page.getByRole('button', { name: say('best_button') }).click()
  await page.getByText(say('held_for_you')).waitFor()
  await shoot('seats-held')
}

async function seePurchase({ page, say }: Visitor, shoot: Shoot): Promise<void> {
  await page.goto('/reservations')
  await page.getByRole('link', { name: say('to_payment') }).click()
  await page.getByRole('button', { name: say('charge_button') }).waitFor()
  await shoot('checkout-charge')
  await page.getByRole('button', { name: say('charge_button') }).click()
  await page.getByRole('button', { name: say('pay_button') }).waitFor()
  await shoot('checkout-pay')
  await page.getByRole('button', { name: say('pay_button') }).click()
  await page.getByRole('heading', { name: say('paid_title') }).waitFor()
  await shoot('paid')
}

async function seeOwnPages({ page }: Visitor, shoot: Shoot): Promise<void> {
  for (const name of ['reservations', 'wallet', 'profile', 'tickets']) {
    await page.goto(`/${name}`)
    await page.getByRole('heading').first().waitFor()
    await shoot(name)
  }
  await page.locator('main a[href^="/tickets/"]').first().click()
  await page.getByRole('img').last().waitFor()
  await shoot('ticket')
}

async function seeOperatorPages(
  { page, say }: Visitor,
  { shoot, operator, url }: { shoot: Shoot; operator: VirtualFan; url: string },
): Promise<void> {
  await page.goto('/admin')
  await page.getByRole('heading').first().waitFor()
  await shoot('admin-refused')
  await page.context().addCookies([{ name: 'greenroom_session', value: operator.token, url }])
  await page.goto('/admin')
  await page.getByRole('heading').first().waitFor()
  await shoot('admin')
  await page.goto('/admin/integrations')
  await page.getByRole('heading', { name: say('partner_keys') }).waitFor()
  await page.getByLabel(say('key_partner')).fill('Ticket agency')
  await page.getByRole('button', { name: say('key_create') }).click()
  await page.getByRole('button', { name: say('copy') }).waitFor()
  await page.getByLabel(say('webhook_url'), { exact: true }).fill('https://partner.example/hook')
  await page.getByRole('button', { name: say('webhook_register') }).click()
  await page.getByRole('button', { name: say('webhook_test') }).click()
  await page.getByText(/ #\d/).first().waitFor()
  await shoot('integrations')
}
