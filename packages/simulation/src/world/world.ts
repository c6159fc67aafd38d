import type { Deps } from '@greenroom/core'
import { adoptQueue, jobs } from '@greenroom/core/rules'
import { createFaults, drawRoughness, type Faults } from '../faults.ts'
import type { PlantedBug } from '../planted-bugs.ts'
import { createPostgresPool } from '../postgres/postgres-pool.ts'
import { createPostgresServer, type PostgresServer } from '../postgres/postgres-server.ts'
import { createSession, endTransaction, insert } from '../postgres/rows.ts'
import type { SaleSettings } from '../postgres/statement.ts'
import type { Process } from '../processes.ts'
import { createRedisConnection } from '../redis/redis-connection.ts'
import { createRedisServer, type RedisServer } from '../redis/redis-server.ts'
import { editScript } from '../redis/edit-script.ts'
import type { Scheduler } from '../scheduler.ts'
import { createWitness, type Witness } from '../oracles/witness.ts'

/** A sale in one thread: servers, processes, fans, and a witness who knows everything. */
export type World = {
  scheduler: Scheduler
  /** What all processes share: keys, settings, a silent log. */
  template: Deps
  settings: SaleSettings
  postgres: PostgresServer
  redis: RedisServer
  faults: Faults
  witness: Witness
  fanIds: number[]
  has: (bug: PlantedBug) => boolean
  processes: Process[]
  start: (kind: Process['kind'], name: string) => Process
  /** Kill -9: what it had under way stays half done, and whoever waited for it hears that the connection is gone. */
  crash: (process: Process) => void
  crashes: () => number
  /** A job that was added, with its delay, for whoever plays BullMQ. */
  onJob: (listener: (job: { data: { reservationIds: number[] }; delayMs: number }) => void) => void
  /** A message that was published to all processes. */
  onMessage: (listener: (message: string) => void) => void
}

export function createWorld(
  scheduler: Scheduler,
  { template, bug }: { template: Deps; bug?: PlantedBug | undefined },
): World {
  const { random } = scheduler
  const settings = drawSettings(scheduler)
  const has = (asked: PlantedBug): boolean => asked === bug
  const faults = createFaults(random, drawRoughness(random))
  const fanIds = Array.from({ length: 4 + random.below(9) }, (_none, at) => at + 1)
  const jobListeners: Parameters<World['onJob']>[0][] = []
  const messageListeners: Parameters<World['onMessage']>[0][] = []
  const processes: Process[] = []
  let crashes = 0

  const postgres = createPostgresServer(scheduler, {
    settings,
    has,
    onCommit: (changed) => witness.seeCommit(changed),
  })
  const redis = createRedisServer(scheduler, {
    skewMs: random.pick([0, 0, -1_500, 1_500]),
    edit: (source) => editScript(source, bug),
    onScript: (server, source, keys, args, reply) => witness.seeScript(server, source, keys, args, reply),
  })
  const witness = createWitness({ scheduler, settings, postgres, fanIds })
  fillTables(postgres, settings, fanIds)

  const start = (kind: Process['kind'], name: string): Process => {
    const process: Process = {
      kind,
      name,
      isAlive: true,
      deps: template,
      sessions: new Set(),
      calls: new Set(),
    }
    const pool = createPostgresPool({ scheduler, postgres, faults }, process)
    const connection = createRedisConnection(
      {
        scheduler,
        redis,
        faults,
        has,
        onScriptError: (error) => witness.seeError(error),
        onMessage: (message) => {
          for (const listener of messageListeners) listener(message)
        },
      },
      process,
    )
    process.deps = { ...template, db: { ...template.db, pool }, redis: connection }
    adoptHoldsQueue(process.deps, (job) => {
      for (const listener of jobListeners) listener(job)
    })
    processes.push(process)
    return process
  }
  const crash = (process: Process): void => {
    crashes += 1
    const steps = scheduler.takeStepsOf(process)
    // a statement that was sent is done, whether or not anybody is left to hear of it
    for (const step of steps) if (random.chance(0.5)) step.run()
    process.isAlive = false
    processes.splice(processes.indexOf(process), 1)
    for (const session of process.sessions) {
      scheduler.post(undefined, 'a backend ends', () => postgres.breakSession(session), random.next() * 300)
    }
    for (const fail of process.calls) scheduler.post(undefined, 'a connection is reset', fail)
  }
  return {
    scheduler,
    template,
    settings,
    postgres,
    redis,
    faults,
    witness,
    fanIds,
    has,
    processes,
    start,
    crash,
    crashes: () => crashes,
    onJob: (listener) => void jobListeners.push(listener),
    onMessage: (listener) => void messageListeners.push(listener),
  }
}

/** Small numbers, so that everybody meets everybody; in every other sale, everybody wants the same few seats at once. */
function drawSettings({ random, nowMs }: Scheduler): SaleSettings {
  const isCrowded = random.chance(0.5)
  const holdTtlMs = random.pick(isCrowded ? [100, 300, 2_000] : [300, 2_000, 10_000])
  return {
    concertId: 1,
    showIds: isCrowded ? [1] : random.pick([[1], [1, 2]]),
    seatsPerShow: 3 + random.below(isCrowded ? 3 : 10),
    seatsPerFan: 1 + random.below(5),
    holdTtlMs,
    holdMaxLifeMs: holdTtlMs * random.pick([1, 1.5, 3]),
    capacity: isCrowded ? 8 : 1 + random.below(8),
    ratePerMinute: random.pick([null, null, null, 600]),
    claimWindowMs: random.pick([200, 3_000]),
    passTtlMs: random.pick([500, 5_000, 60_000]),
    reentryWindowMs: random.pick([0, 1_000, 5_000]),
    opensAtMs: nowMs() - 1_000,
  }
}

function fillTables(postgres: PostgresServer, settings: SaleSettings, fanIds: number[]): void {
  const session = createSession('seed', 0)
  const { tables } = postgres
  for (const showId of settings.showIds) {
    for (let ordinal = 0; ordinal < settings.seatsPerShow; ordinal++) {
      const seatId = firstSeatOf(settings, showId) + ordinal
      insert(session, tables.seats, seatId, {
        seatId,
        showId,
        ordinal,
        status: 'available',
        reservationId: null,
        heldUntilMs: null,
        version: 0,
        priceMinor: 1_000,
      })
    }
  }
  for (const fanId of fanIds) insert(session, tables.wallets, fanId, { fanId, balanceMinor: 0 })
  insert(session, tables.lines, settings.concertId, { epoch: 0, begunEpoch: 0 })
  endTransaction(session, true)
}

export function firstSeatOf(settings: SaleSettings, showId: number): number {
  return 1 + settings.showIds.indexOf(showId) * settings.seatsPerShow
}

function adoptHoldsQueue(
  deps: Deps,
  onJob: (job: { data: { reservationIds: number[] }; delayMs: number }) => void,
): void {
  const queue = {
    addBulk: (added: { data: { reservationIds: number[] }; opts: { delay?: number } }[]) => {
      for (const { data, opts } of added) onJob({ data, delayMs: opts.delay ?? 0 })
      return Promise.resolve([])
    },
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- BullMQ's class; the core calls this one member
  adoptQueue(deps.redis, jobs.expireHolds.queue, queue as unknown as Parameters<typeof adoptQueue>[2])
}
