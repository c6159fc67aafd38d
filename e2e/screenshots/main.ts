import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  buildWeb,
  startFakeChallengeProvider,
  startPrivatePostgres,
  startPrivateRedis,
} from '@greenroom/stack'
import { allScenes } from '../scenes/all-scenes.ts'
import { type BusySale, openBusySale } from '../scenes/busy-sale.ts'
import { crowdScenes } from '../scenes/crowd-scenes.ts'
import { fillTheatre, type House, openHouse } from '../scenes/house.ts'
import { playScene, type Scene } from '../scenes/scene.ts'
import { openBrowser } from '../support/browser.ts'
import { findFaults } from '../support/find-faults.ts'
import { challengedBy, startOnSale } from '../support/on-sale.ts'
import { gallery, type Picture } from './gallery.ts'

/**
 * `pnpm screenshots [words]`: every page in every state, in both languages and lights, on a phone and on a desktop, on a
 * private stack with the demo in it, into `.screenshots/`, with a page that shows them side by side; axe looks at each.
 * With words only what has them all in its name: `line ko dark`, `checkout phone/desktop`. With `--crowd 300` so many virtual fans are
 * at a sale of their own meanwhile, and its pages are looked at too. Ends with 1 when a scene did not come about or axe found
 * a fault.
 */
const folder = join(import.meta.dirname, '../../.screenshots')
const { values: options, positionals: words } = parseArgs({
  allowPositionals: true,
  options: { crowd: { type: 'string' } },
})
const say = (line: string): void => void process.stdout.write(`${line}\n`)

await buildWeb(say)
const [redis, postgres] = await Promise.all([startPrivateRedis(), startPrivatePostgres()])
const provider = await startFakeChallengeProvider()
const sale = await startOnSale({
  databaseUrl: postgres.url,
  redisUrl: redis.url,
  env: challengedBy(provider),
})
const browser = await openBrowser()
let busy: BusySale | undefined
let complaints = 0
const complain = (what: string): void => {
  complaints += 1
  say(what)
}
try {
  const house = await openHouse(sale)
  await fillTheatre(house)
  if (words.length === 0) rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  if (options.crowd !== undefined) busy = await openBusySale(house, Number(options.crowd))
  const wanted = picturesOf([...allScenes, ...(busy === undefined ? [] : crowdScenes(busy))])
  const plays = [...Map.groupBy(wanted, ({ scene, locale, device }) => `${scene.name}, ${locale}, ${device}`)]
  // two at once: much of a scene is waiting for what a line or a hold does in its own time
  const playOn = async (): Promise<void> => {
    for (let next = plays.shift(); next !== undefined; next = plays.shift()) {
      const [name, pictures] = next
      await play(house, pictures)
      say(`${name}: ${pictures.length} pictures`)
    }
  }
  await Promise.all([playOn(), playOn()])
  writeFileSync(join(folder, 'index.html'), gallery(wanted))
  say(`${wanted.length} pictures in ${folder}, side by side in index.html`)
} finally {
  await Promise.all([browser.close(), busy?.end()])
  await sale.close()
  provider.close()
  await Promise.all([redis.stop(), postgres.stop()])
}
say(`${complaints} complaints`)
process.exitCode = complaints === 0 ? 0 : 1

/** Each scene in each look, of those whose names have all the words. */
function picturesOf(scenes: Scene[]): Picture[] {
  return scenes
    .flatMap((scene) =>
      (['ko', 'en'] as const).flatMap((locale) =>
        (['phone', 'desktop'] as const).flatMap((device) =>
          (['light', 'dark'] as const).map((light) => {
            const name = `${scene.name}-${locale}-${light}-${device}`
            return { scene, locale, device, light, name, file: `${name}.png` }
          }),
        ),
      ),
    )
    .filter(({ name }) =>
      words.every((word) => word.split('/').some((either) => `-${name}-`.includes(`-${either}-`))),
    )
}

/** One scene in one language on one device; by day and by night without a change of anything else. */
async function play(house: House, pictures: Picture[]): Promise<void> {
  const [first] = pictures
  if (first === undefined) return
  const { scene, locale, device, light } = first
  await playScene(
    browser,
    { house, scene, look: { locale, device, colorScheme: light } },
    async ({ page }) => {
      for (const picture of pictures) {
        await page.emulateMedia({ colorScheme: picture.light })
        await page.evaluate(() => document.fonts.ready)
        await page.screenshot({ path: join(folder, picture.file), fullPage: scene.isWhole === true })
        if (scene.isOfLibrary === true) continue
        const faults = await findFaults(page, picture === first ? 'all' : 'colour')
        for (const fault of faults) complain(`${picture.file}: ${fault}`)
      }
    },
  ).catch((error: unknown) => {
    complain(
      `${first.file}: ${error instanceof Error ? `${error.message}: ${String(error.cause)}` : String(error)}`,
    )
  })
}
