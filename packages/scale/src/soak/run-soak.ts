import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSale } from '@greenroom/bench'
import { signUp } from '@greenroom/core'
import { runBounded } from '@greenroom/crowd'
import { startProcesses } from '@greenroom/stack'
import type { Servers } from '../machine/open-servers.ts'
import { churn, type ChurnCounts } from './churn-fan.ts'
import { findTrends, type Trend } from './find-growth.ts'
import { type Sample, takeSample } from './take-sample.ts'

export type SoakOptions = {
  minutes: number
  fans: number
  /** So many at most, spread over the time. */
  samples: number
  say: (line: string) => void
}

export type SoakFindings = {
  minutes: number
  fans: number
  counts: ChurnCounts
  samples: number
  trends: Trend[]
}

const seatCount = 2_000
/** Holds that nobody pays run out while others come and go. */
const holdTtlMs = 4_000
const signUpsAtOnce = 3

/** All three processes, and fans who come and go all the time, each with connections of their own; looked at again and again. */
export async function runSoak(servers: Servers, options: SoakOptions): Promise<SoakFindings> {
  const { minutes, fans, say } = options
  const { deps, settings } = servers
  // room for half of them: the line always moves, and always has somebody in it
  const { concertId, shows } = await openSale(deps, {
    seatCount,
    showCount: 1,
    capacity: Math.ceil(fans / 2),
  })
  const [show] = shows
  if (show === undefined) throw new Error('a sale without a show')
  await servers.query(
    `update concerts set hold_ttl_ms = ${holdTtlMs}, hold_max_life_ms = ${3 * holdTtlMs} where id = ${concertId}`,
  )
  const tokens: string[] = []
  await runBounded([...Array(fans).keys()], signUpsAtOnce, async () => {
    const email = `${randomUUID()}@soak.example`
    tokens.push((await signUp(deps, { email, password: 'greenroom', name: 'Fan', locale: 'en' })).token)
  })
  const { databaseUrl, redisUrl, secret } = settings
  const apps = await startProcesses({ databaseUrl, redisUrl, env: { SECRET: secret } })
  const over = new AbortController()
  const counts: ChurnCounts = {}
  const { url: apiUrl, gatewayUrl } = apps
  const sale = { apiUrl, gatewayUrl, concertId, ...show }
  const churning = Promise.all(tokens.map((token) => churn(sale, token, counts, over.signal)))
  try {
    const samples = await watch(servers, apps, options)
    say(`${counts['held'] ?? 0} holds, ${counts['paid'] ?? 0} payments`)
    return { minutes, fans, counts, samples: samples.length, trends: findTrends(samples) }
  } finally {
    over.abort(new Error('the soak is over'))
    await churning
    await apps.stop()
  }
}

async function watch(
  servers: Servers,
  apps: Parameters<typeof takeSample>[1],
  { minutes, samples: count, say }: SoakOptions,
): Promise<Sample[]> {
  const samples: Sample[] = []
  const everyMs = (minutes * 60_000) / count
  for (let index = 1; index <= count; index++) {
    await sleep(everyMs)
    samples.push(await takeSample(servers, apps))
    if (index % Math.ceil(count / 20) === 0)
      say(`${Math.round((index / count) * 100)} % of ${minutes} minutes`)
  }
  return samples
}
