import { expect, test } from 'vitest'
import type { Sample } from './in-flight.ts'
import { type Finding, measure } from './measure.ts'
import type { Contest, Operation } from './operation.ts'
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

async function measureContest(contest: Partial<Contest>): Promise<Finding> {
  steps.length = 0
  const operation: Operation = {
    name: 'x',
    title: 'x',
    unit: 'x/s',
    goal: 0.5,
    prepare: async () => ({
      floorName: 'the floor',
      isGoalsFloor: true,
      ours: side('ours', [sampleOf(1), sampleOf(60), sampleOf(20), sampleOf(70)]),
      floor: side('floor', [sampleOf(9_000), sampleOf(100), sampleOf(50), sampleOf(100)]),
      ...contest,
    }),
  }
  // none of these operations touches a server
  return await measure(operation, {} as Stage, { rounds: 3, maxRoundMs: 1, share: 1 })
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

test('a goal that was set against another floor is not said to be met', async () => {
  const finding = await measureContest({ isGoalsFloor: false })
  expect(finding.met).toBeNull()
  expect(formatTable([finding]).split('\n')[1]).toMatch(
    /^x +60 +x\/s +100 +0\.60 +>= 0\.5 +- +100 % +2\.0 ms +9\.0 ms$/,
  )
})

test('what was prepared is closed also when a round breaks', async () => {
  const broken = measureContest({
    ours: () => Promise.reject(new Error('no server')),
    close: async () => void steps.push('close'),
  })
  await expect(broken).rejects.toThrow('no server')
  expect(steps).toEqual(['close'])
})
