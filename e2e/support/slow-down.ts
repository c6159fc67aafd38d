import type { Page } from 'playwright-core'

/** A phone far from the mast, as Lighthouse has it: 150 ms there and back, 1.6 Mbit/s down, 0.75 up. */
export async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 1_600_000 / 8,
    uploadThroughput: 750_000 / 8,
  })
}
