import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { signInAtPage } from './support/journey.ts'
import { club } from './support/on-sale.ts'
import { query } from './support/query.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { signIn, signUpFan, walkIn } from './support/virtual-fan.ts'
import { visit } from './support/visit.ts'

const { sale, browser } = await openSaleInBrowser()

test('an operator finds out why a fan lost a seat, lets them in past the line, and takes the reservations away as a file', async () => {
  const [slow, quick] = await Promise.all([
    signUpFan(sale.url, { name: 'Slow', locale: 'en' }),
    signUpFan(sale.url, { name: '=1+1', locale: 'en' }),
  ])
  const [showId] = club.shows
  const seatIds = [club.seat(41)]
  const held = await slow.api.reservations.hold.mutate({
    showId,
    seatIds,
    pass: await walkIn(slow, club.concertId),
  })
  // its time passes, and nobody notices until the other fan takes the seat
  await query(
    sale.databaseUrl,
    `with lapsed as (update reservations set held_until = now() where id = $1)
     update seats set held_until = now() where reservation_id = $1`,
    [held.reservationId],
  )
  const pass = await walkIn(quick, club.concertId)
  await quick.api.reservations.hold.mutate({ showId, seatIds, pass })

  const operator = await signIn(sale.url, 'operator@greenroom.example')
  await operator.api.accounts.updateMe.mutate({ locale: 'en' })
  const visitor = await visit(browser, { url: sale.url, locale: 'en', device: 'phone' })
  const { page, say } = visitor
  await signInAtPage(visitor, 'operator@greenroom.example')
  await page.goto('/admin/fans')
  await page.getByRole('combobox', { name: say('find_by') }).selectOption('reservation')
  await page.getByLabel(say('find_what')).fill(`#${held.reservationId}`)
  await page.getByRole('button', { name: say('search') }).click()
  const timeline = page.getByRole('list', { name: say('fan_timeline') })
  await timeline.getByText(/^Lost .*not paid by/).waitFor()
  await timeline.getByText(/another fan/).waitFor()
  expect(await timeline.textContent()).not.toContain(quick.email)
  // the worker copies moves of the line each second
  const entered = timeline.getByText(/^Went in\./)
  await expect
    .poll(
      async () => {
        await page.reload()
        await timeline.getByText(say('event_signed_up')).waitFor()
        return await entered.count()
      },
      { timeout: 15_000 },
    )
    .toBe(1)
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)

  await slow.api.waitingRoom.leave.mutate({ concertId: club.concertId })
  await page.getByRole('combobox', { name: say('concert') }).selectOption(String(club.concertId))
  await page.getByRole('button', { name: say('let_in') }).click()
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('let_in') })
    .click()
  await page.getByText(say('done')).waitFor()
  const { entry } = await slow.api.waitingRoom.status.query({ concertId: club.concertId })
  expect(entry.state).toBe('active')

  await page.goto('/admin/audit')
  const arrives = page.waitForEvent('download')
  await page.getByRole('link', { name: say('export_reservations') }).click()
  const download = await arrives
  expect(download.suggestedFilename()).toBe(`greenroom-reservations-${club.concertId}.csv`)
  const lines = readFileSync(await download.path(), 'utf8').split('\r\n')
  expect(lines.filter((line) => line.includes(slow.email) && line.includes('EXPIRED'))).toHaveLength(1)
  expect(lines.filter((line) => line.includes(quick.email) && line.includes('HELD'))).toHaveLength(1)

  await page.getByLabel(say('audit_words')).fill('export reserv')
  await page.getByRole('button', { name: say('search') }).click()
  await page.getByText('export.reservations').first().waitFor()
  expect(visitor.failures).toEqual([])
})
