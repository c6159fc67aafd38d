import { addFans, type BenchShow, openSale } from '@greenroom/bench'
import type { AccountId, ConcertId } from '@greenroom/contract'
import { sqlOracles } from '@greenroom/oracles'
import { measureStage, type StageUsage } from '../machine/measure-stage.ts'
import type { Servers } from '../machine/open-servers.ts'
import { askAgain, joinEverybody } from './stand-in-line.ts'
import { createPlaceBook, type OrderVerdict } from './place-book.ts'
import { type SaleCounts, sellEverything } from './sell-everything.ts'

export type MillionOptions = {
  fans: number
  seats: number
  /** Fans inside at a time. */
  capacity: number
  say: (line: string) => void
}

/** What a run found. Every number is counted or measured. */
export type MillionFindings = {
  fans: number
  seats: number
  capacity: number
  join: StageUsage
  /** So many fans who wait looked at their place again. */
  looks: number
  look: StageUsage
  sell: StageUsage
  order: OrderVerdict
  sale: SaleCounts
  /** Bytes Redis has in memory more when all are in line, for each of them. */
  redisBytesPerFan: number
  redisPeakBytes: number
  nodePeakBytes: number
  databaseBytes: number
  /** By oracle: what was found broken in the database. */
  broken: string[]
}

/** Sign-ups are left out: a statement inserts so many accounts with their wallets. */
const accountsAtOnce = 5_000
const mostLooks = 50_000

/**
 * A whole sale inside this process: every fan joins one line, then the line lets in as many as there is room for until every
 * seat is paid. All of it through the core's own functions, on a real Redis and a real Postgres; HTTP and sockets alone are
 * left out.
 */
export async function runMillion(servers: Servers, options: MillionOptions): Promise<MillionFindings> {
  const { fans, seats, capacity, say } = options
  const { deps } = servers
  say(`${fans} accounts, ${seats} seats`)
  const { concertId, show, fanIds } = await prepare(servers, options)
  const book = createPlaceBook(fans)
  const line = { deps, concertId, fanIds, book }

  say('everybody joins the line')
  const emptyBytes = await readRedisBytes(servers)
  const join = await measureStage(servers, () => joinEverybody(line, say))
  const fullBytes = await readRedisBytes(servers)

  const looks = Math.min(mostLooks, fans)
  say(`${looks} of them look at their place again`)
  const look = await measureStage(servers, () => askAgain(line, looks))

  say(`the sale opens, for ${capacity} at a time`)
  await deps.db.pool.query('update lines set capacity = $2 where concert_id = $1', [concertId, capacity])
  const sell = await measureStage(servers, () => sellEverything({ ...line, show, capacity, say }))

  say('what is in the database is checked')
  return {
    fans,
    seats,
    capacity,
    join: join.usage,
    looks,
    look: look.usage,
    sell: sell.usage,
    order: book.verdict(),
    sale: sell.result,
    redisBytesPerFan: (fullBytes - emptyBytes) / fans,
    redisPeakBytes: await readRedisBytes(servers, 'used_memory_peak'),
    nodePeakBytes: process.resourceUsage().maxRSS * 1_024,
    databaseBytes: await readDatabaseBytes(servers),
    broken: await findBroken(servers),
  }
}

async function prepare(
  { deps }: Servers,
  { fans, seats }: MillionOptions,
): Promise<{ concertId: ConcertId; show: BenchShow; fanIds: AccountId[] }> {
  // nobody is let in before everybody is in line
  const { concertId, shows } = await openSale(deps, { seatCount: seats, showCount: 1, capacity: 0 })
  const [show] = shows
  if (show === undefined) throw new Error('a sale without a show')
  const fanIds: AccountId[] = []
  while (fanIds.length < fans) {
    for (const fanId of await addFans(deps, Math.min(accountsAtOnce, fans - fanIds.length)))
      fanIds.push(fanId)
  }
  return { concertId, show, fanIds }
}

async function readRedisBytes(
  { deps }: Servers,
  field: 'used_memory' | 'used_memory_peak' = 'used_memory',
): Promise<number> {
  const info = await deps.redis.info('memory')
  return Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(info)?.[1])
}

async function readDatabaseBytes({ query }: Servers): Promise<number> {
  const [row] = await query<{ bytes: string }>('select pg_database_size(current_database()) as bytes')
  return Number(row?.bytes)
}

/** Every invariant of the database in its strongest form. */
async function findBroken({ query }: Servers): Promise<string[]> {
  const broken: string[] = []
  for (const { name, sql } of sqlOracles) {
    const rows = await query<{ fault: string }>(sql)
    broken.push(...rows.map(({ fault }) => `${name}: ${fault}`))
  }
  return broken
}
