import { setTimeout as sleep } from 'node:timers/promises'
import { requestSteadily, type Steady } from './expiry-requests.ts'
import { endAllAt, holdAll, openRoom, type Room, untilReleased } from './expiry-room.ts'
import { type Finding, observed } from './finding.ts'
import type { ObservedOperation } from './operation.ts'
import { readCpuMs } from './process-cost.ts'
import { median, quantile } from './statistics.ts'
import { type CrowdReport, crowdReport, machineMs } from './watchers-messages.ts'
import { settleCrowd } from './watchers-stage.ts'

const holdCount = 10_000
/** Between the last hold and the moment when all end; the other requests are measured meanwhile. */
const quietMs = 4_000
/** The goal, and so the time for which the other requests are looked at afterwards. */
const goalMs = 1_500

/**
 * Everything a sale runs (api, gateway, worker), 10,000 holds of one seat each, and one moment at which all of them end. The jobs
 * that give them back are those the holds planned; only the moment is moved.
 */
export const expiry: ObservedOperation = {
  name: 'expiry',
  observe: async (stage, effort) => {
    const count = Math.ceil(holdCount * effort.share)
    const { room, close } = await openRoom(stage, count, effort)
    try {
      await stage.settle?.()
      const rounds: Round[] = []
      for (let round = 0; round < Math.min(3, effort.rounds); round++)
        rounds.push(await runRound(room, count, round))
      return findingsOf(count, rounds)
    } finally {
      await close()
    }
  },
}

type Round = {
  /** From the moment the holds end: until the last seat was free, and until everybody who watches had seen it. */
  releasedMs: number
  seenMs: number
  report: CrowdReport
  watchers: number
  count: number
  before: Steady
  during: Steady
  cpuMs: Record<string, number>
}

async function runRound(room: Room, count: number, round: number): Promise<Round> {
  const { stage, app, crowd, show } = room
  await holdAll(room, count)
  await settleCrowd(stage.deps, show.showId, crowd)
  await crowd.tell({ report: { askedAtMs: {} } })
  const before = await requestSteadily(stage, {
    ...room,
    url: app.url,
    first: room.asked,
    forMs: quietMs * room.pace,
  })
  const endMs = await endAllAt(room, 1_000)
  await sleep(endMs - machineMs())
  const pids = { api: app.api.pid(), gateway: app.gateway.pid(), worker: app.worker.pid(), ...stage.pids }
  const cpuBefore = readCpuMs(pids)
  const during = await requestSteadily(stage, {
    ...room,
    url: app.url,
    first: room.asked + before.asked,
    forMs: goalMs * room.pace,
  })
  room.asked += before.asked + during.asked
  const releasedMs = await untilReleased(room, endMs)
  await settleCrowd(stage.deps, show.showId, crowd)
  const cpuAfter = readCpuMs(pids)
  const askedAtMs = Object.fromEntries(
    show.seatIds.slice(0, count).map((seatId) => [`${seatId}:${2 * round + 2}`, endMs]),
  )
  const report = crowdReport.parse(await crowd.tell({ report: { askedAtMs } }))
  return {
    releasedMs,
    seenMs: report.maxMs ?? Number.NaN,
    report,
    watchers: room.watchers,
    count,
    before,
    during,
    cpuMs: Object.fromEntries([...cpuAfter].map(([name, ms]) => [name, ms - (cpuBefore.get(name) ?? ms)])),
  }
}

function findingsOf(count: number, rounds: readonly Round[]): Finding[] {
  const seen = rounds.reduce((sum, { report }) => sum + report.changesSeen, 0)
  const wanted = rounds.reduce((sum, round) => sum + round.watchers * round.count, 0)
  const p99Of = (pick: (round: Round) => Steady): number =>
    quantile(
      rounds.flatMap((round) => pick(round).latenciesMs),
      0.99,
    )
  const before = p99Of(({ before: steady }) => steady)
  const during = p99Of(({ during: steady }) => steady)
  const requests = rounds.flatMap((round) => [round.before, round.during])
  const failed = requests.reduce((sum, { failures }) => sum + failures, 0)
  const asked = requests.reduce((sum, { latenciesMs, failures }) => sum + latenciesMs.length + failures, 0)
  const cpu = Object.fromEntries(
    Object.keys(rounds[0]?.cpuMs ?? {}).map((name) => [
      `${name}CpuMs`,
      median(rounds.map(({ cpuMs }) => cpuMs[name] ?? 0)),
    ]),
  )
  const title = `${count} holds expiring in the same second`
  return [
    observed({
      operation: `${title}: released and broadcast`,
      value: median(rounds.map(({ seenMs }) => seenMs)),
      unit: 'ms',
      goal: { of: 'value', atMost: goalMs },
      success: seen / wanted,
      details: { releasedMs: median(rounds.map(({ releasedMs }) => releasedMs)), ...cpu },
      rounds: rounds.map(({ seenMs }) => ({ value: seenMs, floor: null })),
    }),
    observed({
      operation: `${title}: p99 of other requests meanwhile`,
      value: during,
      floor: before,
      unit: 'ms',
      goal: { of: 'ratio', atMost: 2 },
      floorName: 'the same requests just before',
      success: 1 - failed / asked,
      p99Ms: during,
      failure: requests.flatMap(({ failure }) => failure ?? [])[0] ?? null,
    }),
  ]
}
