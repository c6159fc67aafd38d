import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { openBrowser, openVisitor, type Visitor } from './support/browser.ts'
import { findFaults } from './support/find-faults.ts'
import { type OnSale, startOnSale } from './support/on-sale.ts'

let app: OnSale
let browser: Browser
beforeAll(async () => {
  ;[app, browser] = await Promise.all([startOnSale(), openBrowser()])
})
afterAll(async () => {
  await browser.close()
  await app.close()
})

async function signInOperator(): Promise<Visitor> {
  const visitor = await openVisitor(browser, { url: app.url, locale: 'ko' })
  onTestFinished(visitor.leave)
  const { page, say } = visitor
  await page.goto('/sign-in')
  await page.getByLabel(say('email')).fill('operator@greenroom.example')
  await page.getByLabel(say('password')).fill('greenroom')
  await page.getByRole('button', { name: say('sign_in') }).click()
  await page.waitForURL('**/')
  return visitor
}

async function confirm({ page, say }: Visitor): Promise<void> {
  await page.getByRole('button', { name: say('editor_confirm') }).click()
  await page.getByRole('alertdialog').waitFor({ state: 'detached' })
}

/** What the field holds for a moment in some hours, by Seoul's clock. */
async function inHours(page: Page, hours: number): Promise<string> {
  return await page.evaluate((ahead) => {
    const at = new Date(Date.now() + ahead * 3_600_000)
    const written = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Seoul',
      dateStyle: 'short',
      timeStyle: 'short',
    }).format(at)
    return written.replace(' ', 'T')
  }, hours)
}

test('an operator makes a concert from nothing, gives it a date and another price, and fans see it', async () => {
  const visitor = await signInOperator()
  const { page, say, failures } = visitor
  await page.goto('/admin/concerts/new')
  for (const name of ['title', 'venue', 'about'])
    for (const locale of ['ko', 'en'])
      await page.locator(`[name="${name}.${locale}"]`).fill(`Made here ${locale}`)
  await page.getByLabel(say('editor_artist')).fill('The Makers')
  for (const price of await page.locator('[name^="price."]').all()) await price.fill('40,000')
  await page.getByLabel(say('editor_sale_opens')).fill(await inHours(page, 24))
  await page.getByRole('button', { name: say('editor_make') }).click()
  await confirm(visitor)
  await page.getByRole('heading', { name: 'Made here ko' }).waitFor()
  expect(await findFaults(page)).toEqual([])

  await page.getByLabel(say('editor_show_at')).fill(await inHours(page, 24 * 30))
  await page.getByRole('button', { name: say('editor_add_show') }).click()
  await confirm(visitor)
  await page.getByText('석 중 0석').waitFor()
  const later = await inHours(page, 24 * 31)
  await page
    .getByRole('button', { name: say('editor_move_show_named') })
    .first()
    .click()
  await page.getByLabel(say('editor_move_show_at')).fill(later)
  await page
    .getByRole('button', { name: say('apply'), exact: true })
    .last()
    .click()
  await confirm(visitor)
  // the same moment twice: the field says so in the page's language
  await page.getByLabel(say('editor_show_at')).fill(later)
  await page.getByRole('button', { name: say('editor_add_show') }).click()
  await confirm(visitor)
  await page.getByText(say('fault_another_show')).waitFor()
  await page.getByLabel(say('editor_show_at')).fill(await inHours(page, 24 * 40))
  await page.getByRole('button', { name: say('editor_add_show') }).click()
  await confirm(visitor)
  await page
    .getByRole('button', { name: say('editor_remove_show_named') })
    .nth(1)
    .click()
  await confirm(visitor)
  await expect.poll(() => page.getByText('석 중 0석').count()).toBe(1)
  const price = page.locator('[name="price"]').first()
  expect(await price.inputValue()).toBe('40,000')
  await price.fill('55000.5')
  await page.getByText(say('price_whole')).waitFor()
  await price.fill('55,000')
  await page.locator('form:has([name="price"])').first().getByRole('button').click()
  await confirm(visitor)

  await page.goto('/')
  await page.getByText('Made here ko').first().waitFor()
  const concerts = (await (await fetch(`${app.url}/v1/concerts`)).json()) as {
    artist: string
    maxPriceMinor: number
  }[]
  expect(concerts.find(({ artist }) => artist === 'The Makers')?.maxPriceMinor).toBe(55_000)
  expect(failures).toEqual([])
})

test('a seat plan is looked at on the map before it is kept; what is no plan says where it is wrong', async () => {
  const visitor = await signInOperator()
  const { page, say, failures } = visitor
  await page.goto('/admin/concerts')
  const file = page.getByLabel(say('editor_plan_file'))
  await file.setInputFiles({
    name: 'none.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"name":"x"}'),
  })
  await page.getByText('zones', { exact: false }).first().waitFor()
  const plan = readFileSync(new URL('./support/small-plan.json', import.meta.url))
  await file.setInputFiles({ name: 'plan.json', mimeType: 'application/json', buffer: plan })
  const preview = page.getByRole('region', { name: say('editor_plan_preview') })
  await preview.locator('canvas').first().waitFor()
  expect(await findFaults(page)).toEqual([])
  await page.getByRole('button', { name: say('editor_plan_keep') }).click()
  await confirm(visitor)
  await preview.waitFor({ state: 'detached' })
  // one that is kept, and one of usual dimensions before it is
  await page.getByRole('button', { name: say('editor_plan_look_named', { name: 'A small hall' }) }).click()
  await page.locator('li canvas').first().waitFor()
  await page.getByRole('button', { name: say('editor_plan_look'), exact: true }).click()
  await preview.locator('canvas').first().waitFor()
  expect(failures).toEqual([])
})
