import { setTimeout as sleep } from 'node:timers/promises'
import type { ConcertId } from '@greenroom/contract'
import { startProcesses } from '@greenroom/stack'
import type { Servers } from '../machine/open-servers.ts'
import { readUsage } from '../machine/process-usage.ts'
import type { CrowdCounts, CrowdLoad } from './crowd-load.ts'
import { type InsideCall, startInsideFans } from './inside-fans.ts'
import { mostNormalAfterMs } from './judge-overload.ts'
import { openOverloadSale } from './open-overload-sale.ts'
import { requestText } from './socket-call.ts'
import { startCrowd } from './start-crowd.ts'

export type OverloadOptions = {
  rounds: number
  /** How many are inside, each at the same pace. */
  insideFans: number
  /** Of each of the three parts of a round: without a crowd, with too much of it, without it again. The last is never shorter than `leastAfterMs`. */
  partMs: number
  /** How many times more is asked of the server than it can serve. */
  factor: number
  say: (line: string) => void
}

export type Round = {
  /** Calls of the fans inside: before the crowd came, while it was there, after it had gone. */
  before: InsideCall[]
  during: InsideCall[]
  after: InsideCall[]
  /** When the crowd had gone, by the clock of the calls. */
  crowdLeftMs: number
  crowd: CrowdCounts
  apiCpuCores: number
  /** Bytes the api has in memory before and at the end of the overload. */
  bytesBefore: number
  bytesDuring: number
}

export type OverloadFindings = {
  factor: number
  insideFans: number
  /** Calls a second of the crowd that the server can serve, beside the fans inside. */
  servedPerSecond: number
  rounds: Round[]
}

/** Longer than it may take to be as before, or a short run could not tell that it took too long. */
const leastAfterMs = mostNormalAfterMs + 1_000
const outsideFans = 64
/** Enough that whoever waits for an answer never keeps the crowd from asking on. */
const connections = 4_000
/** Of callers who each wait for their answer, when it is measured what the server can serve. */
const callers = 64
const capacityMs = 3_000

/**
 * Sale with a full room on the real api, in a process of its own: fans inside go on at their pace, and a crowd outside asks for its
 * place (and for pages) more often than can be answered, in turns with no crowd at all.
 */
export async function runOverload(servers: Servers, options: OverloadOptions): Promise<OverloadFindings> {
  const { deps, settings } = servers
  const { databaseUrl, redisUrl, secret } = settings
  const sale = await openOverloadSale(deps, { inside: options.insideFans, outside: outsideFans })
  const app = await startProcesses({ databaseUrl, redisUrl, without: ['gateway'], env: { SECRET: secret } })
  try {
    const port = Number(new URL(app.url).port)
    const crowd = await startCrowd(port, connections, requestsOf(port, sale.concertId, sale.outside))
    try {
      const afterMs = Math.max(options.partMs, leastAfterMs)
      return await loadInTurns({ ...options, afterMs, crowd, port, fans: sale.inside, apiPid: app.api.pid() })
    } finally {
      await crowd.close()
    }
  } finally {
    await app.stop()
  }
}

type Turns = Omit<OverloadOptions, 'insideFans'> & {
  afterMs: number
  crowd: Pick<CrowdLoad, 'saturate' | 'offer'>
  port: number
  fans: Parameters<typeof startInsideFans>[1]
  apiPid: number
}

/** The rounds of one sale, with whatever crowd and server; each call of a fan inside is of the part in which it began, however long it took. */
export async function loadInTurns({
  crowd,
  port,
  fans,
  apiPid,
  ...options
}: Turns): Promise<OverloadFindings> {
  const { rounds, partMs, afterMs, factor, say } = options
  const inside = startInsideFans(port, fans)
  // both warm up: the first calls compile what they run, and learn the statements
  await crowd.saturate(callers, capacityMs)
  const { served, seconds, failed, firstFailure } = await crowd.saturate(callers, capacityMs)
  if (failed > 0) throw new Error(`the crowd is not served: ${firstFailure}`)
  const servedPerSecond = served / seconds
  say(`the server can serve ${Math.round(servedPerSecond)} calls a second of the crowd`)
  // as in the rounds: what thousands of connections and a full nursery take is there once, and is no growth
  await crowd.offer(factor * servedPerSecond, partMs)
  const done: Taken[] = []
  for (let round = 1; round <= rounds; round++) {
    await sleep(1_000)
    const before = await takePart(() => sleep(partMs))
    const usageBefore = readUsage(apiPid)
    const during = await takePart(() => crowd.offer(factor * servedPerSecond, partMs))
    const usageDuring = readUsage(apiPid)
    const crowdLeftMs = performance.now()
    const after = await takePart(() => sleep(afterMs))
    done.push({
      parts: { before, during, after },
      crowdLeftMs,
      crowd: during.result,
      apiCpuCores: (usageDuring.cpuSeconds - usageBefore.cpuSeconds) / during.result.seconds,
      bytesBefore: usageBefore.residentBytes,
      bytesDuring: usageDuring.residentBytes,
    })
    say(`round ${round}: ${during.result.served} served, ${during.result.refused} refused`)
  }
  // looked at when all are answered: those that take longest are under way when a part ends
  await inside.stop()
  return {
    factor,
    insideFans: fans.length,
    servedPerSecond,
    rounds: done.map(({ parts, ...round }) => ({
      ...round,
      before: callsBegunIn(parts.before, inside.calls),
      during: callsBegunIn(parts.during, inside.calls),
      after: callsBegunIn(parts.after, inside.calls),
    })),
  }
}

type PartName = 'before' | 'during' | 'after'
type Part = { beganMs: number; endedMs: number }
type Taken = Omit<Round, PartName> & { parts: Record<PartName, Part> }

async function takePart<T>(work: () => Promise<T>): Promise<Part & { result: T }> {
  const beganMs = performance.now()
  const result = await work()
  return { result, beganMs, endedMs: performance.now() }
}

const callsBegunIn = ({ beganMs, endedMs }: Part, calls: readonly InsideCall[]): InsideCall[] =>
  calls.filter((call) => call.beganMs >= beganMs && call.beganMs < endedMs)

/** Half ask for their place anew, as whoever reloads does; the others look at it, and at the concert's page. */
function requestsOf(port: number, concertId: ConcertId, tokens: readonly string[]): string[] {
  const input = encodeURIComponent(JSON.stringify({ concertId }))
  return tokens.flatMap((token) => [
    requestText(port, { method: 'POST', path: '/trpc/waitingRoom.join', token, body: { concertId } }),
    requestText(port, { method: 'GET', path: `/trpc/waitingRoom.status?input=${input}`, token }),
    requestText(port, { method: 'POST', path: '/trpc/waitingRoom.join', token, body: { concertId } }),
    requestText(port, { method: 'GET', path: `/trpc/catalogue.concert?input=${input}`, token }),
  ])
}
