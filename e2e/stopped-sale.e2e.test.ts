import { expect, test } from 'vitest'
import { signInAtPage } from './support/journey.ts'
import { query } from './support/query.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { visit } from './support/visit.ts'
import { signIn } from './support/virtual-fan.ts'

const { sale, browser } = await openSaleInBrowser()

/** What the check of each minute does when an invariant is broken at show 1. */
const stop = (fault: string) =>
  query(
    sale.databaseUrl,
    `with stopped as (update shows set stopped_by = 'one-owner-per-seat' where id = 1)
     insert into sale_stops (show_id, oracle, fault) values (1, 'one-owner-per-seat', $1)`,
    [fault],
  )

const stoppedBy = () =>
  query<{ stoppedBy: string | null }>(
    sale.databaseUrl,
    'select stopped_by as "stoppedBy" from shows where id = 1',
  )

test.for([
  { locale: 'ko', device: 'phone' },
  { locale: 'en', device: 'desktop' },
] as const)(
  'an operator sees which show is stopped and why, and lets it sell again ($locale, $device)',
  async ({ locale, device }) => {
    const visitor = await visit(browser, { url: sale.url, locale, device })
    const { page, say } = visitor
    const operator = await signIn(sale.url, 'operator@greenroom.example')
    await operator.api.accounts.updateMe.mutate({ locale })
    const fault = `seat 7 is in reservations 3, 4 (${locale})`
    await stop(fault)
    // a fan is told before pressing in vain, and that the other dates sell on
    await page.goto('/concerts/1')
    await page.getByText(say('error_sale_stopped')).waitFor()
    expect(await page.getByText(say('error_sale_stopped')).count()).toBe(1)
    await signInAtPage(visitor, 'operator@greenroom.example')
    await page.goto('/admin')
    await page.getByText(fault).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)

    const resume = page.getByRole('button', { name: say('sale_resume'), exact: true })
    await resume.click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('button', { name: say('back') }).click()
    expect(await stoppedBy()).toEqual([{ stoppedBy: 'one-owner-per-seat' }])
    await resume.click()
    // found while the operator reads the question: it was not on the page, so it keeps the show stopped
    const later = `seat 8 is in reservations 5, 6 (${locale})`
    await stop(later)
    await dialog.getByRole('button', { name: say('sale_resume') }).click()
    await page.getByText(fault).waitFor({ state: 'detached' })
    await page.getByText(later).waitFor()
    expect(await stoppedBy()).toEqual([{ stoppedBy: 'one-owner-per-seat' }])
    await resume.click()
    await dialog.getByRole('button', { name: say('sale_resume') }).click()
    await expect.poll(stoppedBy).toEqual([{ stoppedBy: null }])
    await page.getByText(later).waitFor({ state: 'detached' })
    await page.getByText('sale.resume').first().waitFor()
    expect(visitor.failures).toEqual([])
  },
)
