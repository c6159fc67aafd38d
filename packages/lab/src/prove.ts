import { setTimeout as sleep } from 'node:timers/promises'
import { type History, nowMs } from '@greenroom/crowd'
import {
  checkHistory,
  checkSeatRegisters,
  type HistoryEvent,
  type HistoryFacts,
  readFinalState,
  seenFromOutside,
  type Violation,
} from '@greenroom/oracles'
import { labViolation } from './checks/lab-oracles.ts'
import { readSeasonState } from './checks/read-season-state.ts'
import { runSqlOracles } from './checks/run-sql-oracles.ts'
import { waitForQuiet } from './checks/wait-for-quiet.ts'
import { type AlarmReading, watchAlarm } from './checks/watch-alarm.ts'
import { createPaymentCount, type PaymentCount } from './count-payments.ts'
import { createGate } from './fans/gate.ts'
import { type LabFan, openSecondDevice, signUpLabFans } from './fans/lab-fan.ts'
import { runFan } from './fans/run-fan.ts'
import { runSecondDevice } from './fans/run-second-device.ts'
import type { Stage } from './fans/stage.ts'
import type { Fault } from './faults/fault.ts'
import { planLongAbsence, planRound } from './faults/plan-round.ts'
import { type FaultRun, type FaultWatch, isAnythingBroken, runFaults } from './faults/run-faults.ts'
import { workersDead } from './faults/workers-dead.ts'
import { beginSeason, isSeasonOver, type Season } from './season.ts'
import { createRandom } from './seeded-random.ts'
import type { OwnEnd } from './world/app.ts'
import { turnTimes } from './world/open-sale.ts'
import type { World } from './world/start-world.ts'

export type ProveOptions = {
  seed: number
  minutes: number
  fans: number
  faults: readonly Fault[]
  /** Told of every round. */
  say: (line: string) => void
  /** After each round, before the checks: for whoever plants damage that must be found. */
  beforeChecks?: (world: World) => Promise<void>
}

/** How long each part of a round took. */
type RoundTimes = {
  faultsMs: number
  healMs: number
  parkMs: number
  quietMs: number
  checkMs: number
}

type RoundRun = { round: number; faults: FaultRun[]; violations: Violation[]; times: RoundTimes }

export type ProofRun = {
  seconds: number
  rounds: RoundRun[]
  payments: PaymentCount
  /** Calls by what they came to; what fans were shown without asking is none. */
  calls: Record<HistoryEvent['outcome'], number>
  mapsCompared: number
  /** Names of faults that this machine does not let the lab do. */
  impossible: string[]
  /** How often the product checked itself meanwhile, as it does each minute. */
  ownChecks: number
  /** Processes that ended although nobody asked them to. */
  ownEnds: OwnEnd[]
  /** Of everything at the very end. */
  violations: Violation[]
  /** Everything that the fans saw, and when Redis lost something. */
  history: readonly HistoryEvent[]
  redisLostAtMs: readonly number[]
  /** When all was quiet, each round anew. */
  quietAtMs: number[]
}

/** A share of the fans only looks, so that there are maps to compare. */
const watcherShare = 0.06
/** One of so many who buy has a second device, so that fans ask for one place twice at once. */
const fansPerSecondDevice = 6
const parkMs = 60_000
/** Fans get going, and get somewhere, before anything is broken. */
const warmUpMs = 500

/**
 * Breaks the world round by round while fans buy, for so many minutes. After each round everything is mended, all becomes
 * quiet, and every oracle is asked. Ends early, after the round, when one found something.
 */
export async function prove(world: World, options: ProveOptions): Promise<ProofRun> {
  const { say } = options
  const random = createRandom(options.seed)
  const watch: FaultWatch = new Set()
  const payments = createPaymentCount(() => isAnythingBroken(watch))
  const all: HistoryEvent[] = []
  const run: ProofRun = {
    seconds: 0,
    rounds: [],
    payments: payments.count,
    calls: { ok: 0, refused: 0, unknown: 0 },
    mapsCompared: 0,
    ownChecks: 0,
    impossible: options.faults
      .filter(({ isPossible }) => isPossible?.(world) === false)
      .map(({ name }) => name),
    ownEnds: [],
    violations: [],
    history: all,
    redisLostAtMs: world.redis.lostAtMs,
    quietAtMs: [],
  }
  const onEvent: History['onEvent'] = (event, source) => {
    all.push(event)
    if (source === 'shown') return
    run.calls[event.outcome] += 1
    payments.take(event)
  }
  const stage: Stage = {
    gate: createGate(),
    history: { events: [], onEvent },
    sales: [],
    maps: new Map(),
    complaints: [],
    isOver: false,
  }
  const watchers = Math.max(5, Math.round(options.fans * watcherShare))
  const fans = await signUpLabFans(world, random.fork('fans'), options.fans)
  const watching = fans.slice(0, watchers)
  const buying = fans.slice(watchers)
  const seconds = buying
    .filter((_, index) => index % fansPerSecondDevice === 0)
    .map((fan) => openSecondDevice(world, fan))
  say(`${buying.length} fans buy, ${seconds.length} of them with two devices, ${watching.length} look`)
  const readAlarm = await watchAlarm(world.postgres)
  let season = await beginSeason(world, stage, watching)
  for (const _ of [...buying, ...seconds]) stage.gate.enrol()
  const going = [
    ...buying.map((fan) => runToTheEnd(stage, fan, runFan)),
    ...seconds.map((device) => runToTheEnd(stage, device, runSecondDevice)),
  ]

  const beganMs = performance.now()
  const endMs = beganMs + options.minutes * 60_000
  for (let round = 1; round === 1 || performance.now() < endMs; round++) {
    const roundRandom = createRandom(`${options.seed}/round-${round}`)
    const plan = isLongAbsence(round, options)
      ? planLongAbsence(options.faults, roundRandom)
      : planRound(options.faults, roundRandom)
    stage.gate.open()
    await sleep(warmUpMs)
    const time = createStopwatch()
    const { faults, violations } = await runFaults(world, plan, { random: roundRandom, watch })
    const faultsMs = time()
    season.rounds += 1
    const checked = await checkRound(world, stage, season, {
      run,
      time,
      readAlarm,
      beforeChecks: options.beforeChecks,
    })
    violations.push(...checked.violations)
    run.rounds.push({ round, faults, violations, times: { faultsMs, ...checked.times } })
    say(describeRound(run, (performance.now() - beganMs) / 1_000))
    if (violations.length > 0) break
    if (await isSeasonOver(world, stage, season)) season = await beginSeason(world, stage, watching)
  }
  run.seconds = (performance.now() - beganMs) / 1_000
  stage.isOver = true
  stage.gate.open()
  await Promise.all(going)
  run.violations = [...(await checkAll(world, run)), ...stage.complaints.splice(0)]
  run.ownEnds = world.apps.flatMap((app) => app.ownEnds())
  return run
}

/** A fan whose loop ends before its time is missed at the gate; why is told here. */
async function runToTheEnd(stage: Stage, fan: LabFan, run: typeof runFan): Promise<void> {
  try {
    await run(stage, fan)
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
    stage.complaints.push(
      labViolation('nobody-hangs', `device ${fan.actor} of fan ${fan.fanId} stopped for good: ${why}`),
    )
  }
}

async function checkRound(
  world: World,
  stage: Stage,
  season: Season,
  options: {
    run: ProofRun
    time: () => number
    readAlarm: () => Promise<AlarmReading>
    beforeChecks: ProveOptions['beforeChecks']
  },
): Promise<{ violations: Violation[]; times: Omit<RoundTimes, 'faultsMs'> }> {
  const { run, time } = options
  await world.heal()
  const healMs = time()
  const parked = await stage.gate.closeAndWait(parkMs).then(
    () => [],
    (error: unknown) => [labViolation('nobody-hangs', String(error))],
  )
  const waitedMs = time()
  const quiet = await waitForQuiet(world, stage, season.watchers)
  const quietMs = time()
  run.mapsCompared += quiet.maps
  // nobody is under way then, and nothing that was asked before
  if (parked.length === 0 && quiet.violations.length === 0) run.quietAtMs.push(nowMs())
  await options.beforeChecks?.(world)
  const final = await readSeasonState(world.postgres, stage.sales, season.beganMs)
  const facts = {
    capacities: new Map(stage.sales.map(({ concertId, capacity }) => [Number(concertId), capacity])),
    ...factsOf(run),
    final,
  }
  const alarm = await options.readAlarm()
  run.ownChecks += alarm.checks
  const violations = [
    ...parked,
    ...quiet.violations,
    ...(await runSqlOracles(world.postgres)),
    ...checkHistory(season.events, facts),
    ...checkSeatRegisters(season.events, seenFromOutside),
    ...alarm.violations,
    ...stage.complaints.splice(0),
  ]
  return { violations, times: { healMs, parkMs: waitedMs, quietMs, checkMs: time() } }
}

/** Once in a long run, and again every few hundred rounds: it takes minutes. */
function isLongAbsence(round: number, { minutes, faults }: ProveOptions): boolean {
  return minutes >= 10 && faults.includes(workersDead) && round % 300 === 10
}

/** Whole milliseconds since it was last asked. */
function createStopwatch(): () => number {
  let lastMs = performance.now()
  return () => {
    const nowMs = performance.now()
    const tookMs = Math.round(nowMs - lastMs)
    lastMs = nowMs
    return tookMs
  }
}

/** Everything that was ever seen, against everything there is. */
async function checkAll(world: World, run: ProofRun): Promise<Violation[]> {
  const final = await readFinalState(<Row>(sql: string) => world.postgres.query<Row & object>(sql))
  return checkHistory(run.history, { ...factsOf(run), final })
}

function factsOf({ redisLostAtMs, quietAtMs }: ProofRun): HistoryFacts {
  return { turns: turnTimes, redisLostAtMs, quietAtMs }
}

function describeRound(run: ProofRun, seconds: number): string {
  const last = run.rounds.at(-1)
  const faults = run.rounds.reduce((sum, round) => sum + round.faults.length, 0)
  const found = run.rounds.reduce((sum, round) => sum + round.violations.length, 0)
  const told = `${last?.faults.length ?? 0} faults (${last?.faults.map(({ name }) => name).join(', ')})`
  const times = Object.entries(last?.times ?? {}).map(
    ([name, ms]) => `${name.replace('Ms', '')} ${(ms / 1_000).toFixed(1)}`,
  )
  return `${seconds.toFixed(0).padStart(5)} s  round ${last?.round}: ${told}; in all ${faults} faults, ${run.payments.duringFaults} of ${run.payments.acknowledged} payments acknowledged during them, ${run.calls.unknown} calls without an answer, ${found} violations; seconds: ${times.join(', ')}`
}
