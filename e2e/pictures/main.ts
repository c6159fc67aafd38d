import { writeFileSync } from 'node:fs'
import { buildWeb, startPrivatePostgres, startPrivateRedis } from '@greenroom/stack'
import { openBusySale } from '../scenes/busy-sale.ts'
import { openHouse } from '../scenes/house.ts'
import { openBrowser } from '../support/browser.ts'
import { startOnSale } from '../support/on-sale.ts'
import { chosen } from './chosen.ts'
import { shrink } from './compare-pictures.ts'
import { readmeFileOf, readmePictures, takeReadmePicture } from './readme-pictures.ts'
import { baselineOf, takePicture } from './take-picture.ts'

/**
 * `pnpm pictures [name]`: takes the pictures anew that `pnpm pictures:check` holds the pages against, and the README's, these
 * with a crowd of 300 running. Look at each. `pnpm pictures readme` takes the latter alone.
 */
const [only] = process.argv.slice(2)
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const save = (file: string, picture: Buffer): void => {
  writeFileSync(file, picture)
  say(`${file}: ${Math.round(picture.length / 1024)} KiB`)
}

await buildWeb(say)
const [redis, postgres] = await Promise.all([startPrivateRedis(), startPrivatePostgres()])
const sale = await startOnSale({ databaseUrl: postgres.url, redisUrl: redis.url })
const browser = await openBrowser()
try {
  const house = await openHouse(sale)
  for (const each of chosen.filter(({ scene }) => only === undefined || scene.name === only))
    save(baselineOf(each), shrink(await takePicture(browser, house, each)))
  if (only === undefined || only === 'readme') {
    const busy = await openBusySale(house, 300)
    try {
      for (const picture of readmePictures)
        save(readmeFileOf(picture), await takeReadmePicture(browser, { house, busy, picture }))
    } finally {
      await busy.end()
    }
  }
} finally {
  await browser.close()
  await sale.close()
  await Promise.all([redis.stop(), postgres.stop()])
}
