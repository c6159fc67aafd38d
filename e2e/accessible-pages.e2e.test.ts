import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startFakeChallengeProvider } from '@greenroom/stack'
import { afterAll, describe, expect, test } from 'vitest'
import { allScenes } from './scenes/all-scenes.ts'
import { openHouse } from './scenes/house.ts'
import { playScene } from './scenes/scene.ts'
import { findFaults } from './support/find-faults.ts'
import { known } from './support/known.ts'
import { challengedBy } from './support/on-sale.ts'
import { openSaleInBrowser } from './support/open-sale-in-browser.ts'
import { visit } from './support/visit.ts'

const provider = await startFakeChallengeProvider()
afterAll(provider.close)
const { sale, browser } = await openSaleInBrowser({ env: challengedBy(provider) })
const house = await openHouse(sale)

// each scene in one of four looks, turn about, which quarters the run; `pnpm screenshots` looks at each in all of them
const looks = (['ko', 'en'] as const).flatMap((locale) =>
  (['phone', 'desktop'] as const).map((device) => ({ locale, device })),
)
const plays = allScenes
  .filter(({ isOfLibrary }) => isOfLibrary !== true)
  .map((scene, at) => ({
    name: scene.name,
    scene,
    ...known(looks[at % looks.length], 'look'),
  }))

const seen = new Set<string>()

/** Taken for HTML it is a picture that is not there and a script that no page may run: the content policy would say so. */
const fanName = '<img src=x onerror="document.title=1">Mina & <b>Park</b>'

// several at once: much of a scene is waiting for what a line or a hold does in its own time
describe.concurrent('axe finds no fault in either light, and nothing breaks the content policy', () => {
  test.for(plays)('$name, $locale, $device', async ({ scene, locale, device }) => {
    const faults = await playScene(
      browser,
      { house, scene, look: { locale, device }, fanName },
      async ({ page, failures }) => {
        seen.add(new URL(page.url()).pathname)
        const byDay = await findFaults(page)
        await page.emulateMedia({ colorScheme: 'dark' })
        return { byDay, byNight: await findFaults(page, 'colour'), failures }
      },
    )
    expect(faults).toEqual({ byDay: [], byNight: [], failures: [] })
  })
})

test('no page of the router is left out', () => {
  const routes = readFileSync(join(import.meta.dirname, '../apps/web/src/app/router.tsx'), 'utf8')
  const paths = [...routes.matchAll(/path: '(\/[^']*)'/g)].map(([, path]) => known(path, 'path'))
  expect(paths.length).toBeGreaterThan(10)
  const isSeen = (path: string): boolean => {
    const pattern = new RegExp(`^${path.replaceAll(/\$\w+/g, '[^/]+')}$`)
    return [...seen].some((address) => pattern.test(address))
  }
  expect(paths.filter((path) => !isSeen(path))).toEqual([])
})

test('a fault would be found', async () => {
  const { page } = await visit(browser, { url: sale.url, locale: 'ko' })
  await page.goto('/sign-in')
  await page.getByRole('heading').first().waitFor()
  await page.evaluate(() => {
    for (const label of document.querySelectorAll('label')) label.remove()
  })
  expect((await findFaults(page)).join()).toContain('label')
})

test('a page that breaks its content policy would be found', async () => {
  const { page, failures } = await visit(browser, { url: sale.url, locale: 'ko' })
  await page.goto('/sign-in')
  await page.evaluate(() => {
    const picture = document.createElement('img')
    picture.src = 'https://elsewhere.example/picture.png'
    const script = document.createElement('script')
    script.textContent = 'document.title = 1'
    document.body.append(picture, script)
  })
  await expect.poll(() => failures.join('\n')).toMatch(/img-src forbids https:\/\/elsewhere\.example/)
  await expect.poll(() => failures.join('\n')).toMatch(/script-src-elem forbids inline/)
  expect(failures.join('\n')).toContain('Content Security Policy')
})

test('a name that is HTML would be found where a page took it for that', async () => {
  const { page, failures } = await visit(browser, { url: sale.url, locale: 'en' })
  await page.goto('/sign-in')
  await page.evaluate((name) => {
    document.body.insertAdjacentHTML('beforeend', name)
  }, fanName)
  await expect.poll(() => failures.join('\n')).toMatch(/script-src-attr forbids inline/)
})
