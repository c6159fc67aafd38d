import { setTimeout as sleep } from 'node:timers/promises'
import { createGreenroom, type Greenroom } from '@greenroom/client'
import { type ConcertId, type LiveSale, type QueueProgress, webConfig } from '@greenroom/contract'
import type { FinalState, HistoryFacts } from '@greenroom/oracles'
import { askHistory, describeMaps, type OracleAsked } from './ask-oracles.ts'
import { auditFans } from './audit-fans.ts'
import { checkMaps, type MapsChecked } from './check-maps.ts'
import { type Crowd, count, type Fan, stages } from './crowd.ts'
import type { CrowdOptions } from './crowd-options.ts'
import type { CrowdReport } from './crowd-report.ts'
import { failureOf } from './failure-of.ts'
import { createMeasurements } from './measurements.ts'
import { type Observer, observe } from './observe.ts'
import { askDatabase, type OwnChecks, watchOwnChecks } from './own-checks.ts'
import { readBooks } from './read-books.ts'
import { runBounded } from './run-bounded.ts'
import { leave, runFan } from './run-fan.ts'
import { signUpFans } from './sign-up-fans.ts'
import { tryToCheck } from './try-to-check.ts'

/** Told about twice a second what is going on. */
export type OnProgress = (crowd: Crowd, phase: string, line: QueueProgress | undefined) => void

/**
 * A whole crowd against a running server, over the public surface alone, until everybody is done or the time is over;
 * then what they saw is checked. Throws when the server cannot be reached at the start, or refuses the fans or the operator
 * then; afterwards everything that goes wrong is in the report, also a check that could not be made.
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
  const operator = await signInOperator(options)
  const ownChecks = operator === undefined ? undefined : watchOwnChecks(operator)
  const unchecked: string[] = []
  const check = <T>(name: string, work: () => Promise<T>): Promise<T | undefined> =>
    inPhase(name, () => tryToCheck(unchecked, name, work))
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
    const maps = await inPhase('sale', () => sell(crowd, fans, { readLine: () => line, unchecked }))
    const audit = await check('audit', () => auditFans(crowd, fans))
    const ofDatabase =
      operator === undefined || ownChecks === undefined
        ? undefined
        : await check('own check', () => askOperator(operator, { concertId, watched: ownChecks }))
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
      oracles: [
        ...askHistory(events, factsOf(crowd, audit?.final)),
        ...describeMaps(maps),
        ...(ofDatabase?.oracles ?? []),
      ],
      unchecked,
      checks: ofDatabase?.checks ?? 0,
      wallets: audit?.wallets ?? { checked: 0, off: 0, offMinor: 0 },
      maps,
      ...(ofDatabase === undefined ? {} : { sale: ofDatabase.sale }),
    }
  } finally {
    ownChecks?.stop()
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
    asking: 0,
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
  { readLine, unchecked }: { readLine: () => QueueProgress | undefined; unchecked: string[] },
): Promise<MapsChecked> {
  const { options, concert } = crowd
  const showIds = options.showId === undefined ? concert.shows.map((show) => show.showId) : [options.showId]
  const observers: Observer[] = []
  await runBounded(fans.slice(0, options.observers), 5, async (fan, index) => {
    const showId = showIds[index % showIds.length]
    try {
      const observer = showId === undefined ? undefined : await observe(crowd, fan, showId)
      if (observer !== undefined) observers.push(observer)
    } catch (error) {
      count(crowd.outcomes, crowd.signal.aborted ? 'unfinished' : 'failed')
      count(crowd.failures, failureOf(error))
    }
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
  const maps = await tryToCheck(unchecked, 'maps', () =>
    checkMaps(observers, readBooks(crowd.history.events).soldSeatIds),
  )
  for (const observer of observers) {
    observer.watch.stop()
    await leave(crowd, observer.fan)
  }
  await buyers
  return maps ?? { observers: 0, converged: 0, differences: [], heldSeats: 0, soldButShownFree: [] }
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

function factsOf({ options, concert, mostInside }: Crowd, final: FinalState | undefined): HistoryFacts {
  return {
    ...(final === undefined ? {} : { final }),
    redisLostAtMs: options.redisLostAtMs ?? [],
    ...(mostInside === 0 ? {} : { capacities: new Map([[Number(concert.concertId), mostInside]]) }),
  }
}

async function signInOperator({ url, operator }: CrowdOptions): Promise<Greenroom | undefined> {
  if (operator === undefined) return undefined
  const greenroom = createGreenroom({ apiUrl: url })
  const { token } = await greenroom.api.accounts.signIn.mutate(operator)
  greenroom.setToken(token)
  return greenroom
}

/** What only an operator may ask: the numbers of the sale, and the server's own checks. */
async function askOperator(
  operator: Greenroom,
  { concertId, watched }: { concertId: ConcertId; watched: OwnChecks },
): Promise<{ sale: LiveSale; oracles: OracleAsked[]; checks: number }> {
  const sale = await operator.api.sales.live.query({ concertId })
  return { sale, ...(await askDatabase(operator, { concertId, watched })) }
}

/** Asked once for the whole crowd. */
async function readGatewayUrl(url: string): Promise<string> {
  const answer = await fetch(new URL('/config.json', url))
  return webConfig.parse(await answer.json()).gatewayUrl
}
