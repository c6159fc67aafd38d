import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openBrowser } from './support/browser.ts'
import { findFaults } from './support/find-faults.ts'
import { filmCode } from './support/film-code.ts'
import { signInBrowser } from './support/journey.ts'
import { club, startOnSale } from './support/on-sale.ts'
import { query } from './support/query.ts'
import { visit } from './support/visit.ts'
import { buy, hold, signIn, walkIn } from './support/virtual-fan.ts'

const folder = await mkdtemp(join(tmpdir(), 'greenroom-gate-'))
const film = join(folder, 'ticket.y4m')
const sale = await startOnSale()
const operator = await signIn(sale.url, 'operator@greenroom.example')
await operator.api.accounts.updateMe.mutate({ locale: 'en' })
const [fan, guest] = [
  await signIn(sale.url, 'fan1@greenroom.example'),
  await signIn(sale.url, 'fan2@greenroom.example'),
]
await fan.api.accounts.updateMe.mutate({ locale: 'en' })

/** Buys seats of a date of the club, in one payment. */
async function buySeats(who: typeof fan, show: 0 | 1, ...seats: number[]) {
  const showId = club.shows[show]
  const pass = await walkIn(who, club.concertId)
  return await buy(who, await hold(who, showId, pass, seats.map(club.seat)))
}

const paid = await buySeats(fan, 0, 1, 2)
const kept = await buySeats(guest, 1, 51, 52, 53)
const codes = (await guest.api.tickets.list.query()).map(({ code }) => code)
await filmCode(film, codes[0] ?? '')
const browser = await openBrowser([
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
])
afterAll(async () => {
  await browser.close()
  await sale.close()
  await rm(folder, { recursive: true, force: true })
})

const statesOf = (paymentId: number) =>
  query<{ state: string }>(sale.databaseUrl, 'select state from tickets where payment_id = $1 order by id', [
    paymentId,
  ])

const usedOf = async (paymentId: number) => (await statesOf(paymentId)).map(({ state }) => state === 'USED')

test('a gate sees a ticket by its camera, lets it in once, and goes on without a network', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'en', device: 'phone' })
  const { page, say } = visitor
  await signInBrowser(visitor, 'operator@greenroom.example')
  await page.goto('/admin/box-office')
  // from another page of the console: only a document of its own gets the camera
  await page.getByRole('link', { name: say('gate'), exact: true }).click()
  await page.waitForURL('**/admin/gate*')
  // by its role: a label's text has its choices in it, as soon as they are there
  await page.getByRole('combobox', { name: say('gate_show') }).selectOption(String(club.shows[1]))
  await page.getByRole('button', { name: say('gate_camera_on') }).click()
  await page.getByText(say('gate_yes'), { exact: true }).waitFor()
  expect(await usedOf(kept.paymentId)).toEqual([true, false, false])
  await page.getByText(say('gate_count', { count: '1' })).waitFor()
  // the film goes on: the same ticket again, by now used
  await page.getByText(say('gate_used'), { exact: true }).waitFor()
  expect(await findFaults(page)).toEqual([])
  await page.screenshot({ path: process.env['GATE_PICTURE'] ?? join(folder, 'gate.png') })
  await page.getByRole('button', { name: say('gate_camera_off') }).click()

  const type = async (code: string): Promise<void> => {
    await page.getByLabel(say('gate_code')).fill(code)
    await page.keyboard.press('Enter')
  }
  await type('https://greenroom.example/ticket')
  await page.getByText(say('gate_forged'), { exact: true }).waitFor()
  await page.context().setOffline(true)
  await type(codes[1] ?? '')
  await page.getByText(say('gate_offline'), { exact: true }).waitFor()
  await page.getByText(say('gate_kept', { count: '1' })).waitFor()
  expect(await usedOf(kept.paymentId)).toEqual([true, false, false])
  await type('x')
  await type(codes[1] ?? '')
  await page.getByText(say('gate_offline_again'), { exact: true }).waitFor()
  // another gate, which has a connection, lets in a ticket that this one lets in, too
  await type(codes[2] ?? '')
  await page.getByText(say('gate_kept', { count: '2' })).waitFor()
  await operator.api.tickets.admit.mutate({ code: codes[2] ?? '' })
  await page.context().setOffline(false)
  await page.getByText(say('gate_late', { count: '1' })).waitFor()
  await page.getByText(say('gate_kept', { count: '1' })).waitFor({ state: 'detached' })
  expect(await usedOf(kept.paymentId)).toEqual([true, true, true])
  await page.reload()
  await page.getByText(say('gate_late', { count: '1' })).waitFor()
  await page.getByRole('button', { name: say('gate_late_dismiss') }).click()
  await page.getByText(say('gate_late', { count: '1' })).waitFor({ state: 'detached' })
  expect(visitor.failures).toEqual([])
})

test('no page but the gate may ask for the camera', async () => {
  const policyOf = async (path: string) =>
    (await fetch(`${sale.url}${path}`)).headers.get('permissions-policy')
  expect(await policyOf('/admin/gate')).toContain('camera=(self)')
  for (const path of ['/', '/admin', '/admin/gatekeeper', '/tickets'])
    expect(await policyOf(path)).toContain('camera=()')
})

test('an operator finds a payment and gives it back; cancels a show and sees all its money go back; its fans are told', async () => {
  const used = await buySeats(guest, 0, 5)
  const ticket = (await guest.api.tickets.list.query()).find(({ ticketId }) =>
    used.ticketIds.includes(ticketId),
  )
  await operator.api.tickets.admit.mutate({ code: ticket?.code ?? '' })
  const visitor = await visit(browser, { url: sale.url, locale: 'en', device: 'desktop' })
  const { page, say } = visitor
  await signInBrowser(visitor, 'operator@greenroom.example')
  await page.goto('/admin/box-office')
  await page.getByLabel(say('find_payment_field')).fill('Fan2@greenroom.example')
  await page.getByRole('button', { name: say('find_payment_go') }).click()
  await page.getByRole('button').filter({ hasText: 'fan2@greenroom.example' }).first().click()
  await page.getByLabel(say('operator_refund_reason')).first().fill('fell ill in the hall')
  await page.getByRole('button', { name: say('operator_refund'), exact: true }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('button', { name: say('operator_refund') }).click()
  // the ticket let somebody in, and nobody has said that it does not matter
  await dialog.getByText(say('error_refund_ticket_used')).waitFor()
  await dialog.getByRole('button', { name: say('back') }).click()
  await page.getByLabel(say('operator_refund_used')).check()
  await page.getByRole('button', { name: say('operator_refund'), exact: true }).click()
  await dialog.getByRole('button', { name: say('operator_refund') }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => statesOf(used.paymentId)).toEqual([{ state: 'VOID' }])

  await page.locator('main button[aria-expanded=false]').first().click()
  const first = page.locator('li').filter({ has: page.locator('button[aria-expanded=true]') })
  await first.getByLabel(say('operator_refund_reason')).fill('the singer is ill')
  await first.getByRole('button', { name: say('cancel_show'), exact: true }).click()
  await dialog.getByRole('button', { name: say('cancel_show_confirm') }).click()
  await page.getByText(say('cancel_finished')).waitFor()
  expect(await findFaults(page)).toEqual([])
  await page.screenshot({
    path: process.env['BOX_OFFICE_PICTURE'] ?? join(folder, 'box-office.png'),
    fullPage: true,
  })
  expect(await statesOf(paid.paymentId)).toEqual([{ state: 'VOID' }, { state: 'VOID' }])
  expect((await fan.api.wallet.statement.query({ limit: 1 })).lines).toMatchObject([
    { kind: 'refund', changeMinor: paid.amountMinor },
  ])
  expect(visitor.failures).toEqual([])

  const theirs = await visit(browser, { url: sale.url, locale: 'en', device: 'phone' })
  await signInBrowser(theirs, 'fan1@greenroom.example')
  await theirs.page.goto('/reservations')
  await theirs.page.getByText(say('cancelled_refunded')).waitFor()
  await theirs.page.goto('/tickets')
  await theirs.page.getByText(say('ticket_cancelled')).first().waitFor()
  await theirs.page.goto(`/concerts/${club.concertId}`)
  await theirs.page.getByText(say('error_show_cancelled')).waitFor()
  expect(theirs.failures).toEqual([])
})
