import { setTimeout as sleep } from 'node:timers/promises'
import { createGreenroom, type Greenroom } from '@greenroom/client'
import { type QueueProgress, webConfig } from '@greenroom/contract'
import { checkAdmissionOrder, checkJoinOrder } from '@greenroom/oracles'
import { checkMaps } from './check-maps.ts'
import { type Crowd, stages } from './crowd.ts'
import { createCrowdLedger } from './crowd-ledger.ts'
import type { CrowdOptions } from './crowd-options.ts'
import type { CrowdReport } from './crowd-report.ts'
import { keepTrying } from './keep-trying.ts'
import { createMeasurements } from './measurements.ts'
import { type Observer, observe } from './observe.ts'
import { runBounded } from './run-bounded.ts'
import { runFan } from './run-fan.ts'
import { type SignedUpFan, signUpFans } from './sign-up-fans.ts'

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
      },
      () => undefined,
    )
  }, 1_000)
  try {
    const fans = await inPhase('sign-up', () => signUpFans(crowd, gatewayUrl))
    const { maps } = await inPhase('sale', () => sell(crowd, fans, () => line))
    const wallets = await inPhase('audit', () => checkWallets(crowd, fans))
    const overview = await readOverview(options, visitor)
    onProgress(crowd, 'done', line)
    return {
      fans: options.fans,
      seconds: (performance.now() - beganMs) / 1_000,
      phases,
      outcomes: Object.fromEntries(crowd.outcomes),
      failures: Object.fromEntries(crowd.failures),
      operations: crowd.measurements.figures(),
      seatsSold: crowd.ledger.soldSeats().length,
      paidMinor: crowd.ledger.paidMinor(),
      currency: concert.currency,
      lostRaces: crowd.lostRaces,
      holds: crowd.returned,
      line: {
        witnesses: crowd.joins.length,
        isLottery: crowd.isLottery,
        joinInversions: checkJoinOrder(crowd.joins).length,
        admissionInversions: checkAdmissionOrder(crowd.joins).length,
      },
      seatsSoldTwice: crowd.ledger.soldTwice().length,
      wallets,
      maps,
      ...(overview === undefined ? {} : { overview }),
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
    ledger: createCrowdLedger(),
    joins: [],
    joinsUnderWay: 0,
    isLottery: false,
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
  fans: SignedUpFan[],
  readLine: () => QueueProgress | undefined,
): Promise<Pick<CrowdReport, 'maps'>> {
  const { options, concert } = crowd
  const showIds = options.showId === undefined ? concert.shows.map((show) => show.showId) : [options.showId]
  const observers: Observer[] = []
  await runBounded(fans.slice(0, options.observers), 5, async ({ fan, greenroom }, index) => {
    const showId = showIds[index % showIds.length]
    const observer = showId === undefined ? undefined : await observe(crowd, fan, greenroom, showId)
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
  const maps = await checkMaps(observers, crowd.ledger.soldSeats())
  for (const observer of observers) {
    observer.watch.stop()
    await observer.greenroom.line.leave(concert.concertId)
  }
  await buyers
  return { maps }
}

/** Starts so many at once; each then goes on by itself. Resolves when all have gone home. */
async function startBuyers(crowd: Crowd, fans: SignedUpFan[]): Promise<void> {
  const evenings: Promise<void>[] = []
  for (const { fan, greenroom } of fans) {
    while (crowd.joinsUnderWay >= crowd.options.joinsAtOnce) await sleep(5)
    evenings.push(runFan(crowd, fan, greenroom))
  }
  await Promise.all(evenings)
}

async function checkWallets(crowd: Crowd, fans: SignedUpFan[]): Promise<CrowdReport['wallets']> {
  const wallets = { checked: 0, off: 0, offMinor: 0 }
  const signal = AbortSignal.timeout(60_000)
  await runBounded(fans, 50, async ({ fan, greenroom }) => {
    const { balanceMinor } = await keepTrying({ ...crowd.options, signal }, () =>
      crowd.measurements.measure('balance', () => greenroom.api.wallet.balance.query()),
    )
    const off = Math.abs(balanceMinor - crowd.ledger.expectedBalanceMinor(fan.number))
    wallets.checked += 1
    if (off > 0) wallets.off += 1
    wallets.offMinor += off
  })
  return wallets
}

async function readOverview(options: CrowdOptions, visitor: Greenroom): Promise<CrowdReport['overview']> {
  if (options.operator === undefined) return undefined
  const { token } = await visitor.api.accounts.signIn.mutate(options.operator)
  visitor.setToken(token)
  return await visitor.api.operator.overview.query({ concertId: options.concertId })
}

/** Asked once for the whole crowd. */
async function readGatewayUrl(url: string): Promise<string> {
  const answer = await fetch(new URL('/config.json', url))
  return webConfig.parse(await answer.json()).gatewayUrl
}
