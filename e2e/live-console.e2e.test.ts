import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { aClub, copyConcert } from './scenes/copy-concert.ts'
import { findFaults } from './support/find-faults.ts'
import { known } from './support/known.ts'
import { club } from './support/on-sale.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { visit } from './support/visit.ts'
import { hold, signIn, signUpFan, signUpFans, walkIn } from './support/virtual-fan.ts'

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
  expect(await page.locator('.uplot').count()).toBe(9)
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
  expect((await operator.api.sales.live.query({ concertId })).capacity).toBe(2)

  // a change is asked about first; put off, it has not happened
  await page.getByRole('button', { name: say('steer_pause'), exact: true }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('button', { name: say('back') }).click()
  expect((await operator.api.sales.live.query({ concertId })).progress?.phase).toBe('open')
  // done, the way back to the clock is offered, and says where that leads
  await page.getByRole('button', { name: say('steer_pause'), exact: true }).click()
  await dialog.getByRole('button', { name: say('steer_pause') }).click()
  const resume = page.getByRole('button', { name: say('steer_resume') })
  await resume.click()
  await dialog.getByText(say('steer_resume_text', { phase: 'On sale' })).waitFor()
  await dialog.getByRole('button', { name: say('steer_resume') }).click()
  await expect.poll(() => resume.count(), patience).toBe(0)
  expect((await operator.api.sales.live.query({ concertId })).progress?.phase).toBe('open')
  await page.getByLabel(say('rate_per_minute'), { exact: true }).first().fill('600')
  await page
    .getByRole('button', { name: say('apply'), exact: true })
    .first()
    .click()
  await dialog.getByText(say('tune_text_rate', { rate: 600 })).waitFor()
  // somebody else was faster: nothing of theirs is undone unseen, and what was typed is still there
  await operator.api.operator.tuneLine.mutate({ concertId, ratePerMinute: 300 })
  await dialog.getByRole('button', { name: say('apply') }).click()
  await dialog.getByText(say('form_changed_elsewhere')).waitFor()
  await dialog.getByRole('button', { name: say('back') }).click()
  await page.getByText(say('tune_text', { capacity: 2, rate: 300 })).waitFor()
  await page
    .getByRole('button', { name: say('apply'), exact: true })
    .first()
    .click()
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

test('what an operator tells the line is there at once, and nobody writes over what another types; a code lets its guests in', async () => {
  const operator = await signIn(sale.url, 'operator@greenroom.example')
  const line = await copyConcert(sale.databaseUrl, { ...aClub, capacity: 0 })
  const guest = await signUpFan(sale.url, { name: 'Guest', locale: 'ko' })
  await guest.line.join(line.concertId)
  const [desk, phone] = await Promise.all([
    visit(browser, { url: sale.url, locale: 'en' }),
    visit(browser, { url: sale.url, locale: 'ko', device: 'phone' }),
  ])
  for (const [{ page }, { token }] of [[desk, operator] as const, [phone, guest] as const])
    await page.context().addCookies([{ name: 'greenroom_session', value: token, url: sale.url }])
  await Promise.all([
    desk.page.goto(`/admin?concert=${line.concertId}`),
    phone.page.goto(`/concerts/${line.concertId}/line`),
  ])
  const { page, say } = desk
  await phone.page.getByText(phone.say('live_live')).waitFor()
  await phone.page.evaluate(() => Reflect.set(globalThis, 'isSamePage', true))

  const [korean, english] = [page.getByLabel(say('tell_line_ko')), page.getByLabel(say('tell_line_en'))]
  const dialog = page.getByRole('alertdialog')
  await korean.fill('십 분 뒤에 시작해요')
  await english.fill('We begin in ten minutes')
  await page.getByRole('button', { name: say('tell_line_send') }).click()
  await dialog.getByRole('button', { name: say('tell_line_send') }).click()
  const heard = phone.page.locator('[aria-live=polite]')
  await heard.getByText('십 분 뒤에 시작해요').waitFor()

  // another operator is faster: what is typed here stays until one asks for theirs
  await page.getByRole('button', { name: say('tell_line_clear') }).waitFor()
  await english.fill('We begin in a min')
  const message = { ko: '지금 시작해요', en: 'We begin now' }
  await operator.api.operator.tellLine.mutate({ concertId: line.concertId, message })
  await heard.getByText(message.ko).waitFor()
  await page.getByText(say('tell_line_now', { text: `${message.ko} / ${message.en}` })).waitFor()
  await english.press('End')
  await english.pressSequentially('ute')
  expect(await english.inputValue()).toBe('We begin in a minute')
  await page.getByRole('button', { name: say('form_take_theirs') }).click()
  await expect.poll(() => english.inputValue()).toBe(message.en)
  expect(await page.getByRole('button', { name: say('form_take_theirs') }).count()).toBe(0)
  await page.getByRole('button', { name: say('tell_line_clear') }).click()
  await dialog.getByRole('button', { name: say('tell_line_clear') }).click()
  await heard.getByText(message.ko).waitFor({ state: 'detached' })
  await expect.poll(() => english.inputValue()).toBe('')

  const makeCode = async (label: string, uses: string): Promise<string> => {
    await page.getByLabel(say('bypass_code_label')).fill(label)
    await page.getByLabel(say('bypass_code_uses')).fill(uses)
    await page.getByRole('button', { name: say('bypass_code_create') }).click()
    await dialog.getByRole('button', { name: say('bypass_code_create') }).click()
    const made = page.getByLabel(say('bypass_code'), { exact: true })
    const code = await made.inputValue()
    await page.getByRole('button', { name: say('secret_kept') }).click()
    await made.waitFor({ state: 'detached' })
    return code
  }
  const press = await makeCode('Press', '1')
  const field = phone.page.getByRole('textbox', { name: phone.say('line_code_have') })
  const use = async (code: string): Promise<void> => {
    await field.fill(code.toLowerCase())
    await field.press('Enter')
  }
  await phone.page.getByText(phone.say('line_code_have')).click()
  await (await signUpFan(sale.url)).line.useCode(line.concertId, press)
  await use(press)
  await phone.page.getByRole('alert').getByText(phone.say('error_code_used_up')).waitFor()
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  await page.getByRole('button', { name: say('bypass_code_revoke_named', { name: 'Press' }) }).click()
  await dialog.getByRole('button', { name: say('bypass_code_revoke') }).click()
  await page.getByText(say('bypass_code_used', { uses: 1, max: 1 })).waitFor()
  await page.getByText(say('bypass_code_revoked')).waitFor()
  await use(press)
  await phone.page.getByRole('alert').getByText(phone.say('error_code_refused')).waitFor()
  await use(await makeCode('Family', ''))
  await phone.page.locator('h1:focus').getByText(phone.say('inside_title')).waitFor()

  expect(await phone.page.evaluate(() => Reflect.get(globalThis, 'isSamePage'))).toBe(true)
  expect([...desk.failures, ...phone.failures]).toEqual([])
})
