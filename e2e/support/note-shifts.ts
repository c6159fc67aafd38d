import type { Page } from 'playwright-core'

/** Notes what moves by itself in each document from now on: the sum of Chromium's layout shifts since it was opened. */
export async function noteShifts(page: Page): Promise<{ sum: () => Promise<number> }> {
  await page.addInitScript(() => {
    let sum = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (!Reflect.get(entry, 'hadRecentInput')) sum += Number(Reflect.get(entry, 'value'))
      }
      Reflect.set(globalThis, 'shifted', sum)
    }).observe({ type: 'layout-shift', buffered: true })
    Reflect.set(globalThis, 'shifted', 0)
  })
  return { sum: () => page.evaluate(() => Number(Reflect.get(globalThis, 'shifted'))) }
}
