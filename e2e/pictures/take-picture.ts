import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import type { House } from '../scenes/house.ts'
import { playScene } from '../scenes/scene.ts'
import type { Visitor } from '../support/browser.ts'
import type { Chosen } from './chosen.ts'

/** Where the picture lies that others are held against. */
export function baselineOf({ scene }: Chosen): string {
  return join(import.meta.dirname, 'baseline', `${scene.name}.png`)
}

/** Plays the scene and answers its picture, one pixel to a CSS pixel, with what runs by the clock covered. */
export async function takePicture(
  browser: Browser,
  house: House,
  { scene, look }: Chosen,
  before: (visitor: Visitor) => Promise<unknown> = async () => undefined,
): Promise<Buffer> {
  return await playScene(browser, { house, scene, look }, async (visitor) => {
    const { page, say } = visitor
    await before(visitor)
    await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined)
    const clocks = ['updated_now', 'updated_ago', 'pass_left'].map((name) =>
      page.getByText(startOf(say(name))),
    )
    return await page.screenshot({
      scale: 'css',
      mask: [page.getByRole('timer'), ...clocks],
      maskColor: '#808080',
    })
  })
}

/** Words that a running figure follows. */
function startOf(words: RegExp): RegExp {
  return new RegExp(words.source.slice(0, -1))
}
