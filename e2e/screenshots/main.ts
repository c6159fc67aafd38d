import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildWeb, startPrivatePostgres, startPrivateRedis } from '@greenroom/stack'
import { type Device, openBrowser } from '../support/browser.ts'
import { type OnSale, startOnSale, theatre } from '../support/on-sale.ts'
import { buy, signUpFans, walkIn } from '../support/virtual-fan.ts'
import { takeTour } from './tour.ts'

/**
 * `pnpm screenshots [part of a name]`: every page in both languages, both lights, on a phone and on a desktop, on a
 * private stack with the demo in it, into `.screenshots/`. With an argument such as `ko-dark` or `en-light-phone` only
 * those combinations.
 */
const folder = join(import.meta.dirname, '../../.screenshots')
const [only = ''] = process.argv.slice(2)

const combinations = (['ko', 'en'] as const).flatMap((locale) =>
  (['light', 'dark'] as const).flatMap((colorScheme) =>
    (['phone', 'desktop'] satisfies Device[]).map((device) => ({
      locale,
      colorScheme,
      device,
      name: `${locale}-${colorScheme}-${device}`,
    })),
  ),
)

const say = (line: string): void => void process.stdout.write(`${line}\n`)

await buildWeb(say)
const [redis, postgres] = await Promise.all([startPrivateRedis(), startPrivatePostgres()])
const sale = await startOnSale({ databaseUrl: postgres.url, redisUrl: redis.url })
const browser = await openBrowser()
try {
  await fillTheatre(sale)
  if (only === '') rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const combination of combinations.filter(({ name }) => name.includes(only))) {
    const count = await takeTour(browser, sale, combination, folder)
    say(`${combination.name}: ${count} pictures`)
  }
  say(`in ${folder}`)
} finally {
  await browser.close()
  await sale.close()
  await Promise.all([redis.stop(), postgres.stop()])
}

/** A hall that others have been to before: forty parties, half of whom have paid. */
async function fillTheatre({ url }: OnSale): Promise<void> {
  for (const [at, fan] of (await signUpFans(url, 40)).entries()) {
    const pass = await walkIn(fan, theatre.concertId)
    const held = await fan.api.reservations.holdBest.mutate({
      showId: theatre.shows[0],
      pass,
      quantity: 1 + (at % 4),
    })
    if (at % 2 === 0) await buy(fan, held)
  }
}
