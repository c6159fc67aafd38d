import { parseArgs } from 'node:util'
import { buildWeb, startPrivatePostgres, startPrivateRedis } from '@greenroom/stack'
import { openHouse } from '../scenes/house.ts'
import { startOnSale } from '../support/on-sale.ts'
import { formatScores } from './format-scores.ts'
import { measurePage } from './measure-page.ts'
import { findWanting, floors } from './floors.ts'
import { openPages } from './pages.ts'

/**
 * `pnpm lighthouse [--runs 3] [--only line] [--json]`: Lighthouse on the front page, the line and the map, as on a phone
 * far from the mast and as on a desktop, against the built pages on a private stack. Of several runs the one with the
 * median performance counts. Prints the scores and what costs points; ends with 1 when one is below its floor.
 */
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const say = (line: string): void => void process.stderr.write(`${line}\n`)

await buildWeb(say)
const [redis, postgres] = await Promise.all([startPrivateRedis(), startPrivatePostgres()])
const sale = await startOnSale({ databaseUrl: postgres.url, redisUrl: redis.url })
try {
  const pages = await openPages(await openHouse(sale))
  const wanted = pages.filter(({ name }) => options.only === undefined || name === options.only)
  const results = []
  for (const page of wanted) {
    for (const form of ['phone', 'desktop'] as const) {
      say(`${page.name} on a ${form}`)
      results.push(await measurePage(page, { form, runs: Number(options.runs) }))
    }
  }
  process.stdout.write(
    options.json ? `${JSON.stringify({ floors, results }, undefined, 2)}\n` : formatScores(results),
  )
  process.exitCode = findWanting(results).length === 0 ? 0 : 1
} finally {
  await sale.close()
  await Promise.all([redis.stop(), postgres.stop()])
}
