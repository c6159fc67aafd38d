import { expect, test } from 'vitest'
import type { Sample } from './in-flight.ts'
import { type Finding, observed } from './finding.ts'
import { measure } from './measure.ts'
import type { Contest, RatedOperation } from './operation.ts'
import { findFailures, formatTable } from './report.ts'
import type { Stage } from './stage.ts'

/** `perSecond` calls in a second, some of which failed. */
const sampleOf = (perSecond: number, failed = 0): Sample => ({
  attempted: perSecond + failed,
  succeeded: perSecond,
  elapsedMs: 1_000,
  latenciesMs: [1, 2, 9],
  failure: failed === 0 ? undefined : 'Error: refused',
})

const steps: string[] = []
const side = (name: string, samples: Sample[]) => async (round: number) => {
  steps.push(`${name} ${round}`)
  return samples[round] ?? sampleOf(0)
}

async function measureContest(
  contest: Partial<Contest>,
  asked: Partial<RatedOperation> = {},
): Promise<Finding> {
  steps.length = 0
  const operation: RatedOperation = {
    name: 'x',
    title: 'x',
    unit: 'x/s',
    goal: 0.5,
    ...asked,
    prepare: async () => ({
      floorName: 'the floor',
      isGoalsFloor: true,
      ours: side('ours', [sampleOf(1), sampleOf(60), sampleOf(20), sampleOf(70)]),
      floor: side('floor', [sampleOf(9_000), sampleOf(100), sampleOf(50), sampleOf(100)]),
      ...contest,
    }),
  }
  // none of these operations touches a server
  const [finding] = await measure(operation, {} as Stage, { rounds: 3, maxRoundMs: 1, share: 1 })
  if (finding === undefined) throw new Error('an operation gives a row')
  return finding
}

test('the sides take turns in going first, what ours left running has ended before the floor begins, and all is closed', async () => {
  await measureContest({
    settle: async () => void steps.push('settle'),
    close: async () => void steps.push('close'),
  })
  expect(steps).toEqual(
    'ours 0,settle,floor 0,floor 1,ours 1,settle,ours 2,settle,floor 2,floor 3,ours 3,settle,close'.split(
      ',',
    ),
  )
})

test('medians of the rounds that count; the ratio is that of each round, so a slow moment of the machine cancels out', async () => {
  const finding = await measureContest({})
  expect(finding).toMatchObject({ value: 60, floor: 100, ratio: 0.6, met: true, p50Ms: 2, p99Ms: 9 })
  expect(finding.rounds).toHaveLength(3)
})

test('a rate counts what succeeded, and failures of either side are named', async () => {
  const finding = await measureContest({ ours: async () => sampleOf(10, 30) })
  expect(finding).toMatchObject({ value: 10, success: 0.25, floorSuccess: 1, failure: 'Error: refused' })
  expect(findFailures([finding])).toEqual([expect.stringContaining('only 25.00 %')])
  expect(findFailures([await measureContest({ floor: async () => sampleOf(10, 1) })])).toHaveLength(1)
  expect(findFailures([await measureContest({})])).toEqual([])
})

test('no goal is met while calls fail, on either side', async () => {
  const goals = { goal: 0.01, rateGoal: 1, p99GoalMs: 100 }
  expect(await measureContest({}, goals)).toMatchObject({ met: true })
  expect(await measureContest({ ours: async () => sampleOf(100, 1) }, goals)).toMatchObject({ met: false })
  expect(await measureContest({ floor: async () => sampleOf(100, 1) }, goals)).toMatchObject({ met: false })
  const row = { operation: 'x', value: 1, unit: 'ms', goal: { of: 'value', atMost: 2 } } as const
  expect(observed({ ...row, success: 1 }).met).toBe(true)
  expect(observed({ ...row, success: 0.999 }).met).toBe(false)
  expect(observed({ ...row, success: 1, floorSuccess: 0.9 }).met).toBe(false)
  expect(observed({ ...row, success: 0.5, goal: null }).met).toBeNull()
})

test('a goal that was set against another floor is not said to be met', async () => {
  const finding = await measureContest({ isGoalsFloor: false })
  expect(finding.met).toBeNull()
  expect(formatTable([finding]).split('\n')[1]).toMatch(
    /^x +60 +x\/s +100 +0\.60 +>= 0\.5x +- +100 % +2\.0 ms +9\.0 ms$/,
  )
})

test('a goal of several parts is met when all are, and a row without a goal claims nothing', async () => {
  expect(await measureContest({}, { p99GoalMs: 10, rateGoal: 60 })).toMatchObject({
    met: true,
    goalText: '>= 0.5x, p99 < 10 ms, >= 60/s',
  })
  expect(await measureContest({}, { p99GoalMs: 9 })).toMatchObject({ met: false, ratio: 0.6 })
  expect(await measureContest({}, { rateGoal: 61 })).toMatchObject({ met: false })
  expect(await measureContest({}, { goal: null })).toMatchObject({ met: null, goal: null, goalText: '-' })
})

test('what is not a contest has its goal on the value or the ratio, from above, from below, or from both sides', () => {
  const row = { operation: 'x', value: 118, unit: 'B', success: 1 }
  expect(observed({ ...row, goal: { of: 'value', atMost: 120 } })).toMatchObject({ met: true, ratio: null })
  expect(observed({ ...row, goal: { of: 'value', atLeast: 120 } })).toMatchObject({ met: false })
  expect(observed({ ...row, floor: 100, goal: { of: 'ratio', within: 0.2 } })).toMatchObject({
    met: true,
    ratio: 1.18,
  })
  expect(observed({ ...row, floor: 200, goal: { of: 'ratio', within: 0.2 } })).toMatchObject({ met: false })
  expect(observed({ ...row, goal: { of: 'ratio', atMost: 1.5 } })).toMatchObject({ met: null })
})

test('each process is told what it spent on a call of either side', async () => {
  const burn = async (): Promise<Sample> => {
    const endMs = performance.now() + 100
    while (performance.now() < endMs);
    return sampleOf(100)
  }
  const { processes } = await measureContest({ ours: burn, pids: { gone: 2 ** 22 + 1 } })
  const [bench, gone] = processes
  expect(bench).toMatchObject({ process: 'bench' })
  expect(bench?.oursUs).toBeGreaterThan(bench?.floorUs ?? 0)
  expect(gone).toEqual({ process: 'gone', oursUs: 0, floorUs: 0, oursCores: 0, memoryMiB: 0 })
})

test('what was prepared is closed also when a round breaks', async () => {
  const broken = measureContest({
    ours: () => Promise.reject(new Error('no server')),
    close: async () => void steps.push('close'),
  })
  await expect(broken).rejects.toThrow('no server')
  expect(steps).toEqual(['close'])
})
