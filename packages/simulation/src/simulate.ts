import { seatStatusCode, showId } from '@greenroom/contract'
import type { Deps } from '@greenroom/core'
import { checkTables } from './oracles/check-change.ts'
import { checkTold } from './oracles/check-told.ts'
import type { Fault } from './oracles/witness.ts'
import type { PlantedBug } from './planted-bugs.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'
import { startChaos } from './world/chaos.ts'
import { pause } from './world/call.ts'
import { runDevice } from './world/fan.ts'
import { createFan } from './world/fan-memory.ts'
import { type MapWatcher, startMapWatcher } from './world/map-watcher.ts'
import { startJobs } from './world/workers.ts'
import { createWorld, type World } from './world/world.ts'

export type RunResult = {
  seed: number
  /** Statements, scripts, messages, jobs and calls: everything that happened one after the other, but for pauses. */
  operations: number
  crashes: number
  events: number
  /** What the sale came to: so that a run in which nothing happened is not taken for a good one. */
  sold: { payments: number; holds: number; refunds: number; commits: number; scripts: number }
  deadlocks: number
  violations: Fault[]
  /** Depends on every step and its order. */
  fingerprint: number
  lastSteps: string[]
}

/** How long the sale is open, in steps, and how long it takes until nothing happens any more. */
const openSteps = 5_000
const quietMs = 30_000
const mostSteps = 40_000

/**
 * One sale from one seed: open for some thousand steps, with whatever goes wrong, then left alone until all is quiet, then
 * looked at from all sides. The same seed is the same sale, step by step.
 */
export async function simulate(
  thread: { useScheduler: (scheduler: Scheduler) => void; template: Deps },
  { seed, bug }: { seed: number; bug?: PlantedBug | undefined },
): Promise<RunResult> {
  const scheduler = createScheduler(seed)
  thread.useScheduler(scheduler)
  const world = createWorld(scheduler, { template: thread.template, bug })
  const { random } = scheduler
  const watchers = world.settings.showIds.map((id) => startMapWatcher(world, showId.parse(id)))
  const chaos = startChaos(world, watchers)
  let isOver = false
  startJobs(world, () => isOver)
  for (const fanId of world.fanIds) {
    const fan = createFan(fanId)
    const devices = random.chance(0.3) ? 2 : 1
    for (let device = 0; device < devices; device++) void runDevice(world, fan, () => isClosed())
  }
  const isClosed = (): boolean => scheduler.steps() >= openSteps

  await scheduler.run(isClosed, chaos.beforeStep)
  chaos.calmDown()
  void pause(world, quietMs).then(() => {
    isOver = true
    for (const watcher of watchers) checkMap(world, watcher)
    for (const watcher of watchers) watcher.stop()
  })
  await scheduler.run(
    () => isOver || scheduler.steps() >= mostSteps,
    () => undefined,
  )
  if (!isOver) world.witness.report('ends', `the sale was not quiet after ${mostSteps} steps`)
  checkEnd(world)

  const { payments, reservations, transfers } = world.postgres.tables
  return {
    seed,
    operations: scheduler.operations(),
    crashes: world.crashes(),
    events: chaos.events(),
    sold: {
      payments: payments.rows.size,
      holds: reservations.rows.size,
      refunds: [...transfers.rows.values()].filter(({ committed }) => committed?.kind === 'refund').length,
      commits: world.postgres.counters.commits,
      scripts: world.redis.runs(),
    },
    deadlocks: world.postgres.counters.deadlocks,
    violations: world.witness.faults,
    fingerprint: scheduler.fingerprint(),
    lastSteps: scheduler.lastSteps(),
  }
}

function checkEnd({ postgres, witness, scheduler }: World): void {
  const { tables, counters } = postgres
  for (const { oracle, fault } of checkTables(tables)) witness.report(oracle, fault)
  for (const { oracle, fault } of checkTold(witness.history, tables)) witness.report(oracle, fault)
  if (counters.deadlocks > 0) witness.report('no-deadlock', `${counters.deadlocks} deadlocks`)
  if (tables.outbox.rows.size > 0)
    witness.report('outbox', `${tables.outbox.rows.size} rows were never published`)
  for (const { committed } of tables.reservations.rows.values()) {
    if (committed?.state === 'HELD' && committed.heldUntilMs < scheduler.nowMs() - 5_000)
      witness.report('expiry', `hold ${committed.id} is over and was never ended`)
  }
  for (const { committed } of tables.keys.rows.values()) {
    if (committed?.reply === null) witness.report('one-effect-per-key', `${committed.key} has no reply`)
  }
}

/** What the page shows when all is quiet is what the database has. */
function checkMap({ postgres, witness }: World, watcher: MapWatcher): void {
  const seats = watcher.seats()
  if (seats === undefined) {
    witness.report('maps', `nobody could see show ${watcher.showId}`)
    return
  }
  for (const { committed } of postgres.tables.seats.rows.values()) {
    if (committed === undefined || committed.showId !== watcher.showId) continue
    const code = seats.codes[committed.seatId - seats.firstSeatId]
    if (code !== seatStatusCode[committed.status])
      witness.report('maps', `seat ${committed.seatId} is ${committed.status} and shown as ${code}`)
  }
}
