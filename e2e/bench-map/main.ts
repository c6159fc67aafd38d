import { parseArgs } from 'node:util'
import { buildWeb, startPrivatePostgres, startPrivateRedis } from '@greenroom/stack'
import { openBrowser } from '../support/browser.ts'
import { startOnSale } from '../support/on-sale.ts'
import { measureFirstSeats } from './first-seats.ts'
import { buildBenchPage } from './bench-page.ts'
import { measureFrames } from './measure-frames.ts'
import { measureWire } from './measure-wire.ts'
import { findFailures, formatReport, type MapReport } from './report.ts'
import { sellStadium } from './sell-stadium.ts'

/**
 * `pnpm bench:map [--json]`: frames of the seat map at 50,000 and 90,000 seats with 200 changes a second, the bytes its
 * plans take on the wire, and how soon the first seats are seen, on the whole product with a Postgres and a Redis of
 * its own. Exits with 1 when a goal is missed. Figures count on a machine that does nothing else.
 */
const { values: options } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const say = (line: string): void => void process.stderr.write(`map      | ${line}\n`)

await buildWeb(say)
const page = await buildBenchPage()
const [redis, postgres] = await Promise.all([startPrivateRedis(), startPrivatePostgres()])
const sale = await startOnSale({ databaseUrl: postgres.url, redisUrl: redis.url })
const browser = await openBrowser()
try {
  const report: MapReport = { wire: [], firstSeats: [], frames: [] }
  for (const preset of ['stadium-50k', 'stadium-90k'] as const) {
    say(`${preset}: put on sale`)
    const stadium = await sellStadium(sale, preset)
    report.wire.push(await measureWire(sale.url, stadium))
    say(`${preset}: first seats`)
    report.firstSeats.push(await measureFirstSeats(browser, sale, stadium))
    say(`${preset}: frames`)
    report.frames.push(...(await measureFrames(browser, { url: sale.url, page, stadium })))
  }
  process.stdout.write(`${options.json ? JSON.stringify(report, null, 2) : formatReport(report)}\n`)
  for (const failure of findFailures(report)) {
    say(failure)
    process.exitCode = 1
  }
} finally {
  await browser.close()
  await sale.close()
  await Promise.all([redis.stop(), postgres.stop()])
  await page.remove()
}
