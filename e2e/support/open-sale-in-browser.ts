import type { Browser } from 'playwright-core'
import { afterAll } from 'vitest'
import { openBrowser } from './browser.ts'
import { type OnSale, startOnSale } from './on-sale.ts'

/** The whole product with its demo, and a browser to look at it with, until the test file is done. */
export async function openSaleInBrowser(
  options: { env?: Record<string, string> } = {},
): Promise<{ sale: OnSale; browser: Browser }> {
  const [sale, browser] = await Promise.all([startOnSale(options), openBrowser()])
  afterAll(async () => {
    await browser.close()
    await sale.close()
  })
  return { sale, browser }
}
