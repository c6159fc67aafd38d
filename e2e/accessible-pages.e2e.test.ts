import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { expect, test } from 'vitest'
import { type Visitor } from './support/browser.ts'
import { signInAtPage, walkToSeats } from './support/journey.ts'
import { club } from './support/on-sale.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { visit } from './support/visit.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const { sale, browser } = await openSaleInBrowser()

test.for([
  { colorScheme: 'light', device: 'desktop' },
  { colorScheme: 'dark', device: 'phone' },
] as const)('no page has a fault that axe can find ($colorScheme, $device)', async (look) => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko', ...look })
  const faults: Record<string, string[]> = {}
  const check = async (path: string): Promise<void> => {
    if (path !== '') await visitor.page.goto(path)
    // there once the page is, and not while it loads
    await visitor.page.getByRole('heading', { level: 1 }).waitFor()
    faults[path === '' ? 'seats' : path] = await findFaults(visitor)
  }
  for (const path of [
    '/',
    `/concerts/${club.concertId}`,
    '/concerts/3',
    '/sign-in',
    '/sign-up',
    '/nowhere',
  ]) {
    await check(path)
  }
  await signInAtPage(visitor, `fan${look.device === 'phone' ? 1 : 2}@greenroom.example`)
  for (const path of ['/concerts/3/line', '/wallet', '/tickets', '/reservations', '/profile'])
    await check(path)
  await walkToSeats(visitor, club.concertId)
  await check('')
  await signInAtPage(visitor, 'operator@greenroom.example')
  for (const path of ['/admin', '/admin/integrations']) await check(path)
  expect(Object.entries(faults).filter(([, found]) => found.length > 0)).toEqual([])
})

test('a fault would be found', async () => {
  const visitor = await visit(browser, { url: sale.url, locale: 'ko' })
  await visitor.page.goto('/sign-in')
  await visitor.page.getByRole('heading').first().waitFor()
  await visitor.page.evaluate(() => {
    for (const label of document.querySelectorAll('label')) label.remove()
  })
  expect((await findFaults(visitor)).join()).toContain('label')
})

/** Each rule that does not hold, with the elements it does not hold for. */
async function findFaults({ page }: Visitor): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run({
      resultTypes: ['violations'],
    }),
  )
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
  )
}
