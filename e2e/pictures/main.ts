import { writeFileSync } from 'node:fs'
import { buildWeb, startPrivatePostgres, startPrivateRedis } from '@greenroom/stack'
import { openHouse } from '../scenes/house.ts'
import { openBrowser } from '../support/browser.ts'
import { startOnSale } from '../support/on-sale.ts'
import { chosen } from './chosen.ts'
import { shrink } from './compare-pictures.ts'
import { baselineOf, takePicture } from './take-picture.ts'

/** `pnpm pictures [name]`: takes the pictures anew that `e2e/pictures.e2e.test.ts` holds the pages against. Look at each. */
const [only] = process.argv.slice(2)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

await buildWeb(say)
const [redis, postgres] = await Promise.all([startPrivateRedis(), startPrivatePostgres()])
const sale = await startOnSale({ databaseUrl: postgres.url, redisUrl: redis.url })
const browser = await openBrowser()
try {
  const house = await openHouse(sale)
  for (const each of chosen.filter(({ scene }) => only === undefined || scene.name === only)) {
    const picture = shrink(await takePicture(browser, house, each))
    writeFileSync(baselineOf(each), picture)
    say(`${baselineOf(each)}: ${Math.round(picture.length / 1024)} KiB`)
  }
} finally {
  await browser.close()
  await sale.close()
  await Promise.all([redis.stop(), postgres.stop()])
}
