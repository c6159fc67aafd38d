import type { Browser } from 'playwright-core'
import { openVisitor } from '../support/browser.ts'
import { signInAtPage, walkToMap } from '../support/journey.ts'
import type { OnSale } from '../support/on-sale.ts'
import type { Stadium } from './sell-stadium.ts'

/** The first visit finds nothing in the browser's cache, as all fans' first; the later ones find the plan there. */
const visits = 6

export type FirstSeatsFinding = {
  plan: string
  /** From the start of the navigation until live seats are drawn. */
  coldMs: number
  warmMs: number
}

/** The real page on the real server: a fan with a pass opens the seats of a date. */
export async function measureFirstSeats(
  browser: Browser,
  sale: OnSale,
  { name, concertId, show }: Stadium,
): Promise<FirstSeatsFinding> {
  const visitor = await openVisitor(browser, { url: sale.url, locale: 'ko' })
  const { page } = visitor
  await signInAtPage(visitor, 'fan1@greenroom.example')
  await walkToMap(visitor, concertId)
  const devtools = await page.context().newCDPSession(page)
  const timesMs: number[] = []
  for (let turn = 0; turn < visits; turn++) {
    if (turn === 0) await devtools.send('Network.clearBrowserCache')
    await page.goto('about:blank')
    await page.goto(`/concerts/${concertId}/shows/${show.showId}`)
    const mark = await page.waitForFunction(
      () => performance.getEntriesByName('greenroom:seats-visible')[0]?.startTime,
    )
    timesMs.push((await mark.jsonValue()) ?? NaN)
  }
  await visitor.leave()
  const [coldMs = NaN, ...later] = timesMs
  return { plan: name, coldMs, warmMs: later.toSorted((a, b) => a - b)[later.length >> 1] ?? NaN }
}
