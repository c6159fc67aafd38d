import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { signInAtPage } from './support/journey.ts'
import { club } from './support/on-sale.ts'
import { query } from './support/query.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { visit } from './support/visit.ts'
import { signIn } from './support/virtual-fan.ts'

const { sale, browser } = await openSaleInBrowser()

/** What the table has of the keys with that name. */
const keysOf = (name: string) =>
  query<{ hash: string; concertIds: number[] | null; isRevoked: boolean }>(
    sale.databaseUrl,
    `select encode(key_hash, 'hex') as hash, to_json(concert_ids) as "concertIds", revoked_at is not null as "isRevoked"
     from partner_keys where name = $1`,
    [name],
  )

test.for([
  { locale: 'ko', device: 'phone', name: '표나라' },
  { locale: 'en', device: 'desktop', name: 'Ticket agency' },
] as const)(
  'an operator makes a key for one concert, copies its secret, which is shown once, and ends it ($locale, $device)',
  async ({ locale, device, name }) => {
    const visitor = await visit(browser, { url: sale.url, locale, device })
    const { page, say } = visitor
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const operator = await signIn(sale.url, 'operator@greenroom.example')
    await operator.api.accounts.updateMe.mutate({ locale })
    await signInAtPage(visitor, 'operator@greenroom.example')
    await page.goto('/admin')
    await page.getByRole('link', { name: say('integrations') }).click()
    await page.getByRole('heading', { name: say('partner_keys') }).waitFor()

    await page.getByLabel(say('key_partner')).fill(name)
    await page.getByLabel(say('key_all_concerts')).uncheck()
    const create = page.getByRole('button', { name: say('key_create') })
    expect(await create.isDisabled()).toBe(true)
    const { title } = await operator.api.catalogue.concert.query({ concertId: club.concertId })
    await page.getByRole('checkbox', { name: title[locale] }).check()
    await create.click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('button', { name: say('key_create') }).click()

    const made = page.getByText(say('key_created_title', { name }))
    await made.waitFor()
    const isSeen = (title: Element): boolean => {
      const { top, bottom } = title.getBoundingClientRect()
      return top > 60 && bottom < innerHeight
    }
    await expect.poll(() => made.evaluate(isSeen)).toBe(true)
    await page.getByRole('button', { name: say('copy') }).click()
    await page.getByRole('button', { name: say('copied') }).waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(await page.getByLabel(say('key_secret')).inputValue()).toBe(copied)
    const secret = copied.split('_').slice(2).join('_')
    const hash = createHash('sha256').update(secret).digest('hex')
    expect(await keysOf(name)).toEqual([{ hash, concertIds: [club.concertId], isRevoked: false }])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)

    await page.getByRole('button', { name: say('secret_kept') }).click()
    await page.reload()
    const revoke = page.getByRole('button', { name: say('key_revoke_named', { name }) })
    await revoke.waitFor()
    expect(await page.content()).not.toContain(secret)

    await revoke.click()
    await page.getByRole('button', { name: say('back') }).click()
    expect(await keysOf(name)).toMatchObject([{ isRevoked: false }])
    await revoke.click()
    await dialog.getByRole('button', { name: say('key_revoke') }).click()
    // keys that were ended before are on the page, too: what tells is this key's row
    await expect.poll(() => keysOf(name)).toMatchObject([{ isRevoked: true }])
    await page.getByText(say('key_revoked')).first().waitFor()
    await expect.poll(() => revoke.count()).toBe(0)
    expect(visitor.failures).toEqual([])
  },
)

test('a fan who finds the page sees none of it', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko' })
  await signInAtPage(visitor, 'fan1@greenroom.example')
  await visitor.page.goto('/admin/integrations')
  await visitor.page.getByRole('heading', { name: visitor.say('operators_only') }).waitFor()
  expect(await visitor.page.getByLabel(visitor.say('key_partner')).count()).toBe(0)
})
