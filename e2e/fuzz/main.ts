import { parseArgs } from 'node:util'
import { startPrivatePostgres, startPrivateRedis } from '@greenroom/stack'
import { type OnSale, startOnSale, theatre } from '../support/on-sale.ts'
import { formatReport } from './format-report.ts'
import { fuzzSale, type SaleReport } from './fuzz-sale.ts'
import { fuzzServer } from './fuzz-server.ts'
import { formatProcedures } from './procedures/format-procedures.ts'
import { fuzzProcedures } from './procedures/fuzz-procedures.ts'
import type { FuzzReport } from './run-fuzz.ts'

/**
 * `pnpm fuzz`: honest and hostile requests made from `/openapi.json`, each answer held to it. On a private stack with the
 * demo in it, whose processes and books are looked at afterwards; or with `--url` against a demo that runs on this machine.
 * `--seed 7 --only 4711` sends one request of a run again. `--procedures` does the same to every tRPC procedure and socket event,
 * 2,000 cases near to their schemas and 5,000 hostile ones each; `--target wallet.` to those whose names begin so, and `--target line:` to events.
 */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
    only: { type: 'string' },
    concurrency: { type: 'string', default: '8' },
    minutes: { type: 'string', default: '60' },
    url: { type: 'string' },
    procedures: { type: 'boolean', default: false },
    near: { type: 'string', default: '2000' },
    hostile: { type: 'string', default: '5000' },
    target: { type: 'string' },
  },
})

const options = {
  seed: wholeOf('seed', values.seed, 0, 2 ** 31 - 1),
  first: values.only === undefined ? 0 : wholeOf('only', values.only, 0, 100_000_000),
  count: values.only === undefined ? wholeOf('requests', values.requests, 1, 100_000_000) : 1,
  concurrency: wholeOf('concurrency', values.concurrency, 1, 64),
  extraPlaces: values.only === undefined ? 10_000 : 0,
  timeLimitMs: wholeOf('minutes', values.minutes, 1, 24 * 60) * 60_000,
  onProgress: (done: number): void => void process.stderr.write(`\r${done} requests`),
}

if (values.procedures) process.exit(await fuzzEveryProcedure())
const report: Partial<SaleReport> & FuzzReport =
  values.url === undefined ? await fuzzOwnStack() : await fuzzServer({ ...options, url: values.url })
process.stdout.write(`\n${formatReport(report)}`)
const harms = report.harm?.length ?? 0
process.exit(report.faults.length + harms === 0 ? 0 : 1)

async function fuzzEveryProcedure(): Promise<number> {
  const { seed, concurrency, timeLimitMs, onProgress } = options
  const counts = {
    near: wholeOf('near', values.near, 1, 1_000_000),
    hostile: wholeOf('hostile', values.hostile, 1, 1_000_000),
  }
  const found = await onOwnStack((sale) =>
    fuzzProcedures(sale, { seed, counts, concurrency, timeLimitMs, only: values.target, onProgress }),
  )
  process.stdout.write(`\n${formatProcedures(found)}`)
  return found.faults.length + found.harm.length === 0 ? 0 : 1
}

async function fuzzOwnStack(): Promise<SaleReport> {
  return await onOwnStack((sale) => fuzzSale(sale, options))
}

async function onOwnStack<Report>(fuzz: (sale: OnSale) => Promise<Report>): Promise<Report> {
  const [redis, postgres] = await Promise.all([startPrivateRedis(), startPrivatePostgres()])
  const sale = await startOnSale({
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    env: { REST_DEFAULT_CONCERT_ID: `${theatre.concertId}` },
  })
  try {
    return await fuzz(sale)
  } finally {
    await sale.close()
    await Promise.all([redis.stop(), postgres.stop()])
  }
}

function wholeOf(name: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new Error(`--${name} takes a whole number from ${min} to ${max}`)
}
