import { setTimeout as sleep } from 'node:timers/promises'
import { holdSeats, readSeatPosition } from '@greenroom/core'
import { type Finding, observed } from './finding.ts'
import type { Effort, ObservedOperation } from './operation.ts'
import { readCpuMs } from './process-cost.ts'
import type { Stage } from './stage.ts'
import { median } from './statistics.ts'
import { type CrowdReport, crowdReport, machineMs } from './watchers-messages.ts'
import { type Crowd, openWatchers, settleCrowd, type WatchersStage } from './watchers-stage.ts'

const changesPerSecond = 200
/** As often as the gateway sends. */
const frameEveryMs = 100

/** Seats of one show change while 5,000 sockets watch it on the real gateway, beside bare `ws` sending the same texts to as many. */
export const watchers: ObservedOperation = {
  name: 'watchers',
  observe: async (stage, effort) => {
    const live = await openWatchers(stage, effort)
    try {
      await stage.settle?.()
      const rounds: Round[] = []
      for (let round = 0; round <= effort.rounds; round++)
        rounds.push(await runRound(stage, live, effort, round))
      return findingsOf(live, rounds)
    } finally {
      await live.close()
    }
  },
}

type Side = { report: CrowdReport; cpuMs: number; elapsedMs: number }
type Round = { ours: Side; floor: Side; changes: number }

/** The floor sends what ours sent, so ours goes first. */
async function runRound(stage: Stage, live: WatchersStage, effort: Effort, round: number): Promise<Round> {
  const perRound = Math.ceil(changesPerSecond * 2 * effort.share)
  const ours = await runSide(live.gateway, async () => {
    const askedAtMs = await changeSeats(stage, live, round * perRound, perRound)
    await settleCrowd(stage.deps, live.show.showId, live.gateway.told)
    return askedAtMs
  })
  const floor = await runSide(live.bare, async () => {
    const { texts } = ours.report
    await live.bare.server.tell({ texts, everyMs: frameEveryMs })
    const position = await readSeatPosition(stage.deps, live.show.showId)
    await live.bare.told.tell({ until: { position } })
    return {}
  })
  return { ours, floor, changes: perRound }
}

/** `run` answers when what it changed was asked for. */
async function runSide(crowd: Crowd, run: () => Promise<Record<string, number>>): Promise<Side> {
  const pids = { server: crowd.server.pid }
  const before = readCpuMs(pids).get('server') ?? 0
  const beganMs = machineMs()
  const askedAtMs = await run()
  const elapsedMs = machineMs() - beganMs
  // it is counted in steps of 10 ms
  const cpuMs = Math.max(1, (readCpuMs(pids).get('server') ?? 0) - before)
  const report = crowdReport.parse(await crowd.told.tell({ report: { askedAtMs } }))
  return { report, cpuMs, elapsedMs }
}

/** One free seat after the other, each by another fan, evenly over time; answers when each was asked for. */
async function changeSeats(
  { deps }: Stage,
  { show, fans }: WatchersStage,
  first: number,
  count: number,
): Promise<Record<string, number>> {
  const askedAtMs: Record<string, number> = {}
  const beganMs = machineMs()
  const holds: Promise<unknown>[] = []
  for (let at = 0; at < count; at++) {
    await sleep(Math.max(0, beganMs + (at * 1_000) / changesPerSecond - machineMs()))
    const seatId = show.seatIds[first + at]
    const fan = fans[(first + at) % fans.length]
    if (seatId === undefined || fan === undefined) throw new Error('the hall is too small')
    askedAtMs[`${seatId}:1`] = machineMs()
    holds.push(holdSeats(deps, { ...fan, showId: show.showId, seatIds: [seatId] }))
  }
  await Promise.all(holds)
  return askedAtMs
}

function findingsOf(live: WatchersStage, all: readonly Round[]): Finding[] {
  const rounds = all.slice(1)
  const perCore = (side: Side): number => (side.report.deliveries * 1_000) / side.cpuMs
  const values = rounds.map(({ ours, floor }) => ({ value: perCore(ours), floor: perCore(floor) }))
  const seen = all.reduce((sum, { ours }) => sum + ours.report.changesSeen, 0)
  const wanted = all.reduce((sum, { changes }) => sum + changes * live.count, 0)
  const success = seen / wanted
  const lost = all.reduce((sum, { ours }) => sum + ours.report.gaps + ours.report.closed, 0)
  const failure =
    seen < wanted || lost > 0 ? `${wanted - seen} changes not seen, ${lost} gaps or lost sockets` : null
  const cores = median(rounds.map(({ ours }) => ours.cpuMs / ours.elapsedMs))
  const p99Ms = Math.max(...rounds.map(({ ours }) => ours.report.p99Ms ?? Number.NaN))
  const p50Ms = median(rounds.map(({ ours }) => ours.report.p50Ms ?? Number.NaN))
  const title = `seat changes to ${live.count} watchers, ${changesPerSecond}/s, one gateway`
  const shared = { success, failure, p50Ms, p99Ms }
  return [
    observed({
      operation: `${title}: deliveries a core`,
      value: median(values.map(({ value }) => value)),
      floor: median(values.map(({ floor }) => floor)),
      ratio: median(values.map(({ value, floor }) => value / floor)),
      unit: 'deliveries/s',
      goal: { of: 'ratio', atLeast: 0.8 },
      floorName: 'bare ws, the same texts from one shared buffer',
      rounds: values,
      details: {
        framesPerSecond: median(
          rounds.map(({ ours }) => (ours.report.texts.length * 1_000) / ours.elapsedMs),
        ),
        usPerDelivery: median(rounds.map(({ ours }) => (ours.cpuMs * 1_000) / ours.report.deliveries)),
        floorUsPerDelivery: median(
          rounds.map(({ floor }) => (floor.cpuMs * 1_000) / floor.report.deliveries),
        ),
      },
      ...shared,
    }),
    observed({
      operation: `${title}: asked to received, p99`,
      value: p99Ms,
      unit: 'ms',
      goal: { of: 'value', atMost: 200 },
      ...shared,
    }),
    observed({
      operation: `${title}: processor`,
      value: cores,
      unit: 'cores',
      goal: { of: 'value', atMost: 0.6 },
      ...shared,
    }),
    observed({
      operation: `connection that watches a show, memory of the gateway, ${live.count} sockets`,
      value: live.gateway.bytesPerSocket / 1024,
      floor: live.bare.bytesPerSocket / 1024,
      unit: 'KiB',
      goal: { of: 'value', atMost: 16 },
      floorName: 'bare ws, resident memory too',
      success: 1,
    }),
  ]
}
