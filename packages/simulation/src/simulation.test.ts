import { describe, expect, test } from 'vitest'
import { type PlantedBug, plantedBugs } from './planted-bugs.ts'
import { findPlantedBugs, runSimulations } from './run-simulations.ts'
import type { RunResult } from './simulate.ts'

describe('the simulation', () => {
  test('200,000 operations with everything failing break no invariant', { timeout: 120_000 }, async () => {
    const summary = await runSimulations({ operations: 200_000 })
    expect(summary.violations).toEqual([])
    expect(summary.operations).toBeGreaterThan(200_000)
    // a sale in which nothing happens breaks nothing either
    for (const count of [summary.payments, summary.refunds, summary.crashes])
      expect(count).toBeGreaterThan(50)
  })

  test('the same seed is the same run, step by step, whatever ran before it; another seed is another', {
    timeout: 120_000,
  }, async () => {
    const results = async (fromSeed: number, runs: number): Promise<RunResult[]> => {
      const seen: RunResult[] = []
      await runSimulations({
        fromSeed,
        runs,
        onRun: (result) => void seen.push({ ...result, lastSteps: [] }),
      })
      return seen
    }
    const [many, alone] = await Promise.all([results(1, 6), results(6, 1)])
    expect(alone).toEqual(many.slice(-1))
    expect(new Set(many.map(({ fingerprint }) => fingerprint)).size).toBe(6)
  })
})

describe('a planted mistake is found within 200 seeds', async () => {
  const bugs = Object.keys(plantedBugs) as PlantedBug[]
  const found = await findPlantedBugs({ bugs, runs: 200, threads: 2 })
  test.each(bugs)('%s', (bug) => {
    expect(found.find((one) => one.bug === bug)?.oracle).toBeOneOf(noticedBy[bug])
  })
})

/** By which oracle each may be noticed first. */
const noticedBy: Record<PlantedBug, string[]> = {
  'no-fence': ['one-owner', 'sold-and-paid', 'seat-counts', 'no-surprises'],
  'no-lock-order': ['no-deadlock'],
  'no-row-locks': ['one-owner', 'expiry', 'no-surprises'],
  'no-version-merge': ['maps'],
  'no-epoch-check': ['one-place-one-fan', 'fifo'],
  'no-idempotency-row': ['one-effect-per-key'],
  'expiry-without-condition': ['early-expiry'],
  'join-without-look': ['same-place'],
  'admit-without-count': ['capacity'],
  'pay-without-state': ['no-surprises', 'sold-and-paid'],
  'pass-not-spent': ['spent-place'],
  'outbox-after-commit': ['outbox'],
  'commit-not-kept': ['acknowledged-is-kept', 'one-effect-per-key', 'no-surprises'],
  'balance-not-checked': ['ledger'],
}
