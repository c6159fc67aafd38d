import { setTimeout as sleep } from 'node:timers/promises'
import { type Fleet, startFleet } from '@greenroom/stack'
import { findBrokenRules } from '../support/check-books.ts'
import { theatre } from '../support/on-sale.ts'
import { runRollingFan, type Tally } from './rolling-fan.ts'

export type RollingReport = {
  fans: number
  restarts: { name: string; exitCode: number | null; seconds: number }[]
  /** Answered, each after as many tries as it took; `repeated` is how many tries were not the last. */
  actions: number
  repeated: number
  failures: string[]
  /** Rules of the books that do not hold afterwards. */
  broken: string[]
}

/** What balancers need to notice; ours asks ten times a second. */
const noticeMs = 500
/** Fans act so long before the first restart and after the last one. */
const margin = { shortMs: 1_000, longMs: 5_000 }

/**
 * Two of each process behind balancers, with fans inside who hold, see, give back and charge all the time: every process is stopped in
 * good order and started again, one after the other. What fans were not answered is in the report.
 */
export async function runRolling(options: {
  databaseUrl: string
  redisUrl: string
  fans: number
  isShort?: boolean
  say?: (line: string) => void
}): Promise<RollingReport> {
  const { databaseUrl, redisUrl, say = () => undefined } = options
  const fleet = await startFleet({
    databaseUrl,
    redisUrl,
    apis: 2,
    gateways: 2,
    workers: 2,
    env: { DRAIN_NOTICE_MS: `${noticeMs}` },
  })
  try {
    const tally: Tally = { actions: 0, repeated: 0, failures: [] }
    let isOver = false
    const fans = Array.from({ length: options.fans }, (_, at) =>
      runRollingFan(fleet.url, theatre.seat(at + 1), { tally, isOver: () => isOver }),
    )
    const evenings = Promise.all(fans)
    const restarts = await Promise.race([
      restartAll(fleet, { tally, say, marginMs: options.isShort === true ? margin.shortMs : margin.longMs }),
      evenings.then(() => []),
    ])
    isOver = true
    await evenings
    return { fans: options.fans, restarts, ...tally, broken: await findBrokenRules(databaseUrl) }
  } finally {
    await fleet.stop()
  }
}

async function restartAll(
  { apis, gateways, workers }: Fleet,
  { tally, say, marginMs }: { tally: Tally; say: (line: string) => void; marginMs: number },
): Promise<RollingReport['restarts']> {
  while (tally.actions === 0) await sleep(100)
  await sleep(marginMs)
  const restarts: RollingReport['restarts'] = []
  for (const [kind, group] of Object.entries({ api: apis, gateway: gateways, worker: workers })) {
    for (const [at, process] of group.entries()) {
      const beganMs = performance.now()
      const exit = await process.stop()
      await process.start()
      const seconds = (performance.now() - beganMs) / 1_000
      restarts.push({ name: `${kind} ${at + 1}`, exitCode: exit?.code ?? null, seconds })
      say(
        `${kind} ${at + 1}: ended with ${exit?.code ?? exit?.signal}, ready again after ${seconds.toFixed(1)} s`,
      )
    }
  }
  await sleep(marginMs)
  return restarts
}
