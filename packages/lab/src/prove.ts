import { setTimeout as sleep } from 'node:timers/promises'
import {
  checkHistory,
  checkSeatRegisters,
  type HistoryEvent,
  readFinalState,
  type Violation,
} from '@greenroom/oracles'
import { readSeasonState } from './checks/read-season-state.ts'
import { runSqlOracles } from './checks/run-sql-oracles.ts'
import { waitForQuiet } from './checks/wait-for-quiet.ts'
import { createGate } from './fans/gate.ts'
import { signUpLabFans } from './fans/lab-fan.ts'
import { runFan } from './fans/run-fan.ts'
import type { Stage } from './fans/stage.ts'
import type { Fault } from './faults/fault.ts'
import { planLongAbsence, planRound } from './faults/plan-round.ts'
import { type FaultRun, type FaultWatch, runFaults } from './faults/run-faults.ts'
import { workersDead } from './faults/workers-dead.ts'
import { beginSeason, isSeasonOver, type Season } from './season.ts'
import { createRandom } from './seeded-random.ts'
import type { OwnEnd } from './world/app.ts'
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
  payments: { acknowledged: number; duringFaults: number }
  /** Calls by what they came to. */
  calls: Record<HistoryEvent['outcome'], number>
  mapsCompared: number
  /** Processes that ended although nobody asked them to. */
  ownEnds: OwnEnd[]
  /** Of everything at the very end. */
  violations: Violation[]
  /** Everything that the fans saw, and when Redis lost something. */
  history: readonly HistoryEvent[]
  redisLostAtMs: readonly number[]
}

/** A share of the fans only looks, so that there are maps to compare. */
const watcherShare = 0.06
const parkMs = 60_000
/** An api refuses by its mirror, which may be old while lines are slow; and the fans' clock is not the database's. */
const seatRegisters = { trustRefusals: false, skewMs: 1_000 }
/** Fans get going, and get somewhere, before anything is broken. */
const warmUpMs = 500

/**
 * Breaks the world round by round while fans buy, for so many minutes. After each round everything is mended, all becomes
 * quiet, and every oracle is asked. Ends early, after the round, when one found something.
 */
export async function prove(world: World, options: ProveOptions): Promise<ProofRun> {
  const { say } = options
  const random = createRandom(options.seed)
  const watch: FaultWatch = { active: 0 }
  const all: HistoryEvent[] = []
  const run: ProofRun = {
    seconds: 0,
    rounds: [],
    payments: { acknowledged: 0, duringFaults: 0 },
    calls: { ok: 0, refused: 0, unknown: 0 },
    mapsCompared: 0,
    ownEnds: [],
    violations: [],
    history: all,
    redisLostAtMs: world.redis.lostAtMs,
  }
  const onEvent = (event: HistoryEvent): void => {
    all.push(event)
    run.calls[event.outcome] += 1
    if (event.op !== 'pay' || event.outcome !== 'ok') return
    run.payments.acknowledged += 1
    if (watch.active > 0) run.payments.duringFaults += 1
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
  say(`${buying.length} fans buy, ${watching.length} look`)
  let season = await beginSeason(world, stage, watching)
  for (const _ of buying) stage.gate.enrol()
  const going = Promise.allSettled(buying.map((fan) => runFan(stage, fan)))

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
    const checked = await checkRound(world, stage, season, { run, time, beforeChecks: options.beforeChecks })
    violations.push(...checked.violations)
    run.rounds.push({ round, faults, violations, times: { faultsMs, ...checked.times } })
    say(describeRound(run, (performance.now() - beganMs) / 1_000))
    if (violations.length > 0) break
    if (await isSeasonOver(world, stage, season)) season = await beginSeason(world, stage, watching)
  }
  run.seconds = (performance.now() - beganMs) / 1_000
  stage.isOver = true
  stage.gate.open()
  await going
  run.violations = await checkAll(world, all)
  run.ownEnds = world.apps.flatMap((app) => app.ownEnds())
  return run
}

async function checkRound(
  world: World,
  stage: Stage,
  season: Season,
  options: { run: ProofRun; time: () => number; beforeChecks: ProveOptions['beforeChecks'] },
): Promise<{ violations: Violation[]; times: Omit<RoundTimes, 'faultsMs'> }> {
  const { run, time } = options
  await world.heal()
  const healMs = time()
  const parked = await stage.gate.closeAndWait(parkMs).then(
    () => [],
    (error: unknown) => [{ oracle: 'nobody-hangs', fault: String(error) }],
  )
  const waitedMs = time()
  const quiet = await waitForQuiet(world, stage, season.watchers)
  const quietMs = time()
  run.mapsCompared += quiet.maps
  await options.beforeChecks?.(world)
  const final = await readSeasonState(world.postgres, stage.sales, season.beganMs)
  const facts = {
    capacities: new Map(stage.sales.map(({ concertId, capacity }) => [Number(concertId), capacity])),
    redisLostAtMs: world.redis.lostAtMs,
    final,
  }
  const violations = [
    ...parked,
    ...quiet.violations,
    ...(await runSqlOracles(world.postgres)),
    ...checkHistory(season.events, facts),
    ...checkSeatRegisters(season.events, seatRegisters),
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
async function checkAll(world: World, all: readonly HistoryEvent[]): Promise<Violation[]> {
  const final = await readFinalState(<Row>(sql: string) => world.postgres.query<Row & object>(sql))
  return checkHistory(all, { redisLostAtMs: world.redis.lostAtMs, final })
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
