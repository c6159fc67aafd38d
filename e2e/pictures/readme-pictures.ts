import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import type { BusySale } from '../scenes/busy-sale.ts'
import { crowdScenes } from '../scenes/crowd-scenes.ts'
import type { House } from '../scenes/house.ts'
import { type Look, playScene } from '../scenes/scene.ts'
import { known } from '../support/known.ts'

/** The README's, each of a sale with a crowd at it. */
export const readmePictures = [
  { name: 'home', scene: 'crowd-front' },
  { name: 'line', scene: 'crowd-line' },
  { name: 'seats', scene: 'crowd-held' },
  { name: 'console', scene: 'crowd-admin' },
] as const

const look: Look = { locale: 'en', device: 'desktop', colorScheme: 'dark' }

export function readmeFileOf({ name }: (typeof readmePictures)[number]): string {
  return join(import.meta.dirname, '../../docs/images', `${name}.webp`)
}

/** What the window shows, as a WebP: a tenth of a PNG, which has to keep each shade of a light's glow. */
export async function takeReadmePicture(
  browser: Browser,
  { house, busy, picture }: { house: House; busy: BusySale; picture: (typeof readmePictures)[number] },
): Promise<Buffer> {
  const scene = known(
    crowdScenes(busy).find(({ name }) => name === picture.scene),
    picture.scene,
  )
  return await playScene(browser, { house, scene, look }, async ({ page }) => {
    const tools = await page.context().newCDPSession(page)
    const { data } = await tools.send('Page.captureScreenshot', { format: 'webp', quality: 88 })
    return Buffer.from(data, 'base64')
  })
}
