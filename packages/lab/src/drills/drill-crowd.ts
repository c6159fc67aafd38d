import type { History } from '@greenroom/crowd'
import {
  checkHistory,
  checkSeatRegisters,
  type HistoryEvent,
  seenFromOutside,
  type Violation,
} from '@greenroom/oracles'
import { labViolation } from '../checks/lab-oracles.ts'
import { readSeasonState } from '../checks/read-season-state.ts'
import { runSqlOracles } from '../checks/run-sql-oracles.ts'
import { waitForQuiet } from '../checks/wait-for-quiet.ts'
import { createGate } from '../fans/gate.ts'
import { signUpLabFans } from '../fans/lab-fan.ts'
import { runFan } from '../fans/run-fan.ts'
import type { Stage } from '../fans/stage.ts'
import { beginSeason } from '../season.ts'
import { createRandom } from '../seeded-random.ts'
import { turnTimes } from '../world/open-sale.ts'
import type { World } from '../world/start-world.ts'

/** Fans who buy while something is drilled. */
export type DrillCrowd = {
  /** Everything they saw so far. */
  events: readonly HistoryEvent[]
  /** Lets what is under way end, waits until all is quiet, and asks every oracle about `world`. */
  check: (world: World, redisLostAtMs: readonly number[]) => Promise<Violation[]>
  /** They go home, whatever is under way. */
  dismiss: () => Promise<void>
}

const parkMs = 60_000
const watchers = 4

/** Signs fans up, puts concerts on sale and lets them buy. */
export async function startDrillCrowd(world: World, fans: number, seed: string): Promise<DrillCrowd> {
  const all: HistoryEvent[] = []
  const onEvent: History['onEvent'] = (event) => void all.push(event)
  const stage: Stage = {
    gate: createGate(),
    history: { events: [], onEvent },
    sales: [],
    maps: new Map(),
    complaints: [],
    isOver: false,
  }
  const people = await signUpLabFans(world, createRandom(seed), fans + watchers)
  const season = await beginSeason(world, stage, people.slice(fans))
  const going = people.slice(0, fans).map(async (fan) => {
    stage.gate.enrol()
    await runFan(stage, fan).catch((error: unknown) => {
      stage.complaints.push(
        labViolation('nobody-hangs', `fan ${fan.fanId} stopped for good: ${String(error)}`),
      )
    })
  })
  stage.gate.open()
  return {
    events: all,
    check: async (now, redisLostAtMs) => {
      const parked = await stage.gate.closeAndWait(parkMs).then(
        () => [],
        (error: unknown) => [labViolation('nobody-hangs', String(error))],
      )
      const quiet = await waitForQuiet(now, stage, season.watchers)
      const final = await readSeasonState(now.postgres, stage.sales, season.beganMs)
      const capacities = new Map(stage.sales.map(({ concertId, capacity }) => [Number(concertId), capacity]))
      const facts = { capacities, turns: turnTimes, redisLostAtMs, quietAtMs: [], final }
      return [
        ...parked,
        ...quiet.violations,
        ...(await runSqlOracles(now.postgres)),
        ...checkHistory(season.events, facts),
        ...checkSeatRegisters(season.events, seenFromOutside),
        ...stage.complaints.splice(0),
      ]
    },
    dismiss: async () => {
      stage.isOver = true
      stage.gate.open()
      await Promise.all(going)
    },
  }
}

/** A payment that was acknowledged: which, and when its answer came, since 1970. */
export type AckedPayment = { paymentId: number; startMs: number; endMs: number }

/** Each once, by its first answer. */
export function ackedPayments(events: readonly HistoryEvent[]): AckedPayment[] {
  const acked = new Map<number, AckedPayment>()
  for (const event of events) {
    if (event.op !== 'pay' || event.outcome !== 'ok' || event.paymentId === undefined) continue
    const { paymentId, startMs, endMs } = event
    if (!acked.has(paymentId)) acked.set(paymentId, { paymentId, startMs, endMs })
  }
  return [...acked.values()]
}

/** Those of them that the database does not know. */
export async function findLost(
  { query }: World['postgres'],
  acked: readonly AckedPayment[],
): Promise<AckedPayment[]> {
  const rows = await query<{ id: number }>('select id::float8 as id from payments where id = any($1)', [
    acked.map(({ paymentId }) => paymentId),
  ])
  const known = new Set(rows.map(({ id }) => id))
  return acked.filter(({ paymentId }) => !known.has(paymentId))
}
