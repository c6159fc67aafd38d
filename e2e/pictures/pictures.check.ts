import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chosen } from './chosen.ts'
import { comparePictures, toleratedShare } from './compare-pictures.ts'
import { baselineOf, takePicture } from './take-picture.ts'
import { openHouse } from '../scenes/house.ts'
import { known } from '../support/known.ts'
import { openSaleInBrowser } from '../support/open-sale-in-browser.ts'

const { sale, browser } = await openSaleInBrowser()
const house = await openHouse(sale)

test.for(chosen)(
  '$scene.name looks as it did ($look.locale, $look.colorScheme, $look.device)',
  async (each) => {
    const picture = await takePicture(browser, house, each)
    const { differingShare, difference } = comparePictures(readFileSync(baselineOf(each)), picture)
    if (differingShare > toleratedShare) {
      const [now, where] = ['now', 'difference'].map((what) =>
        join(tmpdir(), `greenroom-picture-${each.scene.name}-${what}.png`),
      )
      writeFileSync(known(now, 'path'), picture)
      writeFileSync(known(where, 'path'), difference)
      process.stderr.write(
        `${baselineOf(each)}\nnow: ${now}\nwhere it differs: ${where}\nmeant? pnpm pictures ${each.scene.name}\n`,
      )
    }
    expect(differingShare).toBeLessThanOrEqual(toleratedShare)
  },
)

test.for([
  ['a button in another colour', 'main button[type=submit] { background: rebeccapurple }'],
  ['a form a little lower', 'main form { translate: 0 6px }'],
])('%s would be noticed', async ([, style]) => {
  const signIn = known(
    chosen.find(({ scene }) => scene.name === 'sign-in'),
    'scene',
  )
  const picture = await takePicture(browser, house, signIn, ({ page }) =>
    page.evaluate(
      (text) => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(text)
        document.adoptedStyleSheets.push(sheet)
      },
      known(style, 'style'),
    ),
  )
  const { differingShare } = comparePictures(readFileSync(baselineOf(signIn)), picture)
  expect(differingShare).toBeGreaterThan(toleratedShare)
})
