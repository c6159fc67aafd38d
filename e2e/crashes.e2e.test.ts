import { setTimeout as sleep } from 'node:timers/promises'
import { type CrowdReport, crowdDefaults, findBroken, runCrowd } from '@greenroom/crowd'
import { type PrivateServer, startPrivatePostgres, startPrivateRedis } from '@greenroom/stack'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBrokenRules } from './support/check-books.ts'
import { known } from './support/known.ts'
import { query } from './support/query.ts'
import { until } from './support/until.ts'
import { type OnSale, startOnSale, theatre } from './support/on-sale.ts'

/** How long a killed part stays away: longer than any retry that pretends nothing happened. */
const downMs = 2_000
const crowdOf = 60

let sale: OnSale
let redis: PrivateServer
let postgres: PrivateServer
/** A Redis that is killed has lost its last second. */
const redisLostAtMs: number[] = []

beforeAll(async () => {
  ;[redis, postgres] = await Promise.all([startPrivateRedis(), startPrivatePostgres()])
  sale = await startOnSale({ databaseUrl: postgres.url, redisUrl: redis.url })
})
afterAll(async () => {
  await sale.close()
  await Promise.all([redis.stop(), postgres.stop()])
})

const victims: Record<string, () => { kill: () => Promise<void>; start: () => Promise<void> }> = {
  api: () => sale.api,
  gateway: () => sale.gateway,
  worker: () => sale.worker,
  redis: () => ({
    kill: async () => {
      await redis.kill()
      redisLostAtMs.push(Date.now())
    },
    start: async () => {
      redisLostAtMs.push(Date.now())
      await redis.start()
    },
  }),
  postgres: () => postgres,
}

test.for(Object.keys(victims))(
  'killing the %s in the middle of a sale loses no paid seat and no place, and everybody gets home',
  async (name) => {
    const victim = known(victims[name], name)()
    const sold = sellToCrowd()
    await killOnceSelling(victim)
    const report = await sold
    expect(findBroken(report)).toEqual([])
    expect(report.outcomes.unfinished).toBeUndefined()
    expect(report.outcomes.bought).toBeGreaterThan(0)
    expect(await findBrokenRules(sale.databaseUrl)).toEqual([])
  },
)

test('the books that were checked can be found wrong', async () => {
  await query(
    sale.databaseUrl,
    "update tickets set state = 'VOID' where id = (select min(id) from tickets where state = 'VALID')",
  )
  expect(await findBrokenRules(sale.databaseUrl)).toEqual([
    expect.stringMatching(/^sold-seat-has-one-ticket: seat \d+ is sold with 0 good tickets$/),
  ])
})

async function sellToCrowd(): Promise<CrowdReport> {
  return await runCrowd({
    ...crowdDefaults,
    url: sale.url,
    concertId: theatre.concertId,
    fans: crowdOf,
    absent: 0,
    observers: 2,
    // long enough that the kill falls between steps of most fans
    thinkMs: 4_000,
    timeoutMs: 120_000,
    redisLostAtMs,
  })
}

/** Waits until the crowd is inside, then kills, and brings back. */
async function killOnceSelling(victim: {
  kill: () => Promise<void>
  start: () => Promise<void>
}): Promise<void> {
  const before = await countHolds()
  await until('ten more holds', async () => ((await countHolds()) >= before + 10 ? true : undefined), 60_000)
  await victim.kill()
  await sleep(downMs)
  await victim.start()
}

async function countHolds(): Promise<number> {
  const [row] = await query<{ count: number }>(
    sale.databaseUrl,
    'select count(*)::int as count from reservations',
  )
  return row?.count ?? 0
}
