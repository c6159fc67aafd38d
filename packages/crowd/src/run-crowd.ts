import { setTimeout as sleep } from 'node:timers/promises'
import { createGreenroom, type Greenroom } from '@greenroom/client'
import { type QueueProgress, webConfig } from '@greenroom/contract'
import type { FinalState, HistoryFacts } from '@greenroom/oracles'
import { askDatabase, askHistory, type OracleAsked } from './ask-oracles.ts'
import { auditFans } from './audit-fans.ts'
import { checkMaps } from './check-maps.ts'
import { type Crowd, type Fan, stages } from './crowd.ts'
import type { CrowdOptions } from './crowd-options.ts'
import type { CrowdReport } from './crowd-report.ts'
import { createMeasurements } from './measurements.ts'
import { type Observer, observe } from './observe.ts'
import { readBooks } from './read-books.ts'
import { runBounded } from './run-bounded.ts'
import { leave, runFan } from './run-fan.ts'
import { signUpFans } from './sign-up-fans.ts'

/** Told about twice a second what is going on. */
export type OnProgress = (crowd: Crowd, phase: string, line: QueueProgress | undefined) => void

/**
 * A whole crowd against a running server, over the public surface alone, until everybody is done or the time is over;
 * then what they saw is checked. Throws when the server cannot be reached at the start; afterwards everything that goes
 * wrong is in the report.
 */
export async function runCrowd(
  options: CrowdOptions,
  onProgress: OnProgress = () => undefined,
): Promise<CrowdReport> {
  const phases: CrowdReport['phases'] = []
  let phase = 'start'
  let line: QueueProgress | undefined
  const beganMs = performance.now()
  const inPhase = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    phase = name
    const startMs = performance.now()
    const result = await work()
    phases.push({ name, seconds: (performance.now() - startMs) / 1_000 })
    return result
  }

  const visitor = createGreenroom({ apiUrl: options.url })
  const { concertId } = options
  const concert = await visitor.api.catalogue.concert.query({ concertId })
  const gatewayUrl = await readGatewayUrl(options.url)
  const deadline = AbortSignal.timeout(options.timeoutMs)
  const crowd = createCrowd(options, concert, deadline)
  const display = setInterval(() => onProgress(crowd, phase, line), 500)
  const looking = setInterval(() => {
    // a number for the display and for the observers; the next second has another
    visitor.api.waitingRoom.progress.query({ concertId }).then(
      (next) => {
        line = next
        crowd.mostInside = Math.max(crowd.mostInside, next.capacity)
      },
      () => undefined,
    )
  }, 1_000)
  try {
    const fans = await inPhase('sign-up', () => signUpFans(crowd, gatewayUrl))
    const { maps } = await inPhase('sale', () => sell(crowd, fans, () => line))
    const { wallets, final } = await inPhase('audit', () => auditFans(crowd, fans))
    const ofOperator = await inPhase('own check', () => askOperator(crowd, visitor))
    const { events } = crowd.history
    const books = readBooks(events)
    onProgress(crowd, 'done', line)
    return {
      fans: options.fans,
      seconds: (performance.now() - beganMs) / 1_000,
      phases,
      outcomes: Object.fromEntries(crowd.outcomes),
      failures: Object.fromEntries(crowd.failures),
      operations: crowd.measurements.figures(),
      seatsSold: books.soldSeatIds.size,
      paidMinor: books.paidMinor,
      currency: concert.currency,
      lostRaces: crowd.lostRaces,
      holds: crowd.returned,
      line: {
        witnesses: new Set(events.flatMap(({ op, fanId }) => (op === 'join' ? fanId : []))).size,
        isLottery: crowd.isLottery,
      },
      calls: events.length,
      oracles: [...askHistory(events, factsOf(crowd, final)), ...ofOperator.oracles],
      wallets,
      maps,
      ...(ofOperator.overview === undefined ? {} : { overview: ofOperator.overview }),
    }
  } finally {
    clearInterval(display)
    clearInterval(looking)
  }
}

function createCrowd(options: CrowdOptions, concert: Crowd['concert'], signal: AbortSignal): Crowd {
  return {
    options,
    concert,
    measurements: createMeasurements(),
    history: { events: [], onEvent: () => undefined },
    joinsUnderWay: 0,
    isLottery: false,
    mostInside: 0,
    stages: new Map(stages.map((stage) => [stage, stage === 'outside' ? options.fans : 0])),
    outcomes: new Map(),
    failures: new Map(),
    lostRaces: 0,
    returned: { releasedSeats: 0, leftSeats: 0 },
    signal,
  }
}

/** Observers first, so that they see everything; then everybody else, as fast as the joins go. */
async function sell(
  crowd: Crowd,
  fans: Fan[],
  readLine: () => QueueProgress | undefined,
): Promise<Pick<CrowdReport, 'maps'>> {
  const { options, concert } = crowd
  const showIds = options.showId === undefined ? concert.shows.map((show) => show.showId) : [options.showId]
  const observers: Observer[] = []
  await runBounded(fans.slice(0, options.observers), 5, async (fan, index) => {
    const showId = showIds[index % showIds.length]
    const observer = showId === undefined ? undefined : await observe(crowd, fan, showId)
    if (observer !== undefined) observers.push(observer)
  })
  let isOver = false
  const buyers = startBuyers(crowd, fans.slice(options.observers)).then(() => {
    isOver = true
  })
  // the last seats are kept for those inside: when observers alone are inside, they must go for the line to move
  for (let stuckSeconds = 0; !isOver && stuckSeconds < 5; ) {
    await Promise.race([buyers, sleep(1_000)])
    const line = readLine()
    const isStuck = line !== undefined && line.waiting > 0 && line.active <= observers.length
    stuckSeconds = isStuck ? stuckSeconds + 1 : 0
  }
  const maps = await checkMaps(observers, readBooks(crowd.history.events).soldSeatIds)
  for (const observer of observers) {
    observer.watch.stop()
    await leave(crowd, observer.fan)
  }
  await buyers
  return { maps }
}

/** Starts so many at once; each then goes on by itself. Resolves when all have gone home. */
async function startBuyers(crowd: Crowd, fans: Fan[]): Promise<void> {
  const evenings: Promise<void>[] = []
  for (const fan of fans) {
    while (crowd.joinsUnderWay >= crowd.options.joinsAtOnce) await sleep(5)
    evenings.push(runFan(crowd, fan))
  }
  await Promise.all(evenings)
}

function factsOf({ options, concert, mostInside }: Crowd, final: FinalState): HistoryFacts {
  return {
    final,
    redisLostAtMs: options.redisLostAtMs ?? [],
    ...(mostInside === 0 ? {} : { capacities: new Map([[Number(concert.concertId), mostInside]]) }),
  }
}

/** What only an operator may ask: the numbers of the sale, and the server's own check. */
async function askOperator(
  crowd: Crowd,
  visitor: Greenroom,
): Promise<{ overview?: CrowdReport['overview']; oracles: OracleAsked[] }> {
  const { operator, concertId } = crowd.options
  if (operator === undefined) return { oracles: [] }
  const { token } = await visitor.api.accounts.signIn.mutate(operator)
  visitor.setToken(token)
  const overview = await visitor.api.operator.overview.query({ concertId })
  return { overview, oracles: await askDatabase(crowd, visitor) }
}

/** Asked once for the whole crowd. */
async function readGatewayUrl(url: string): Promise<string> {
  const answer = await fetch(new URL('/config.json', url))
  return webConfig.parse(await answer.json()).gatewayUrl
}
