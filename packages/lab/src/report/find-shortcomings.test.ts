import { expect, test } from 'vitest'
import { labOracles } from '../checks/lab-oracles.ts'
import { allFaults } from '../faults/all-faults.ts'
import type { ProofRun } from '../prove.ts'
import { formatProof } from './format-proof.ts'
import { noOtherParts, type OtherParts } from './parts.ts'
import { isProven, makeReport, type ProofReport } from './proof-report.ts'

const commit = 'a'.repeat(40)
const part = { commit, seed: null, violations: 0 }
const allParts: OtherParts = {
  mutants: { ...part, total: 40, killed: 40 },
  simulation: { ...part, seed: 1, operations: 100_000_000, runs: 7_000 },
  recovery: { ...part, measuredAt: '2026-11-20T08:00:00.000Z', measurements: [] },
}
const times = { faultsMs: 1, healMs: 1, parkMs: 1, quietMs: 1, checkMs: 1 }
const oneOfEach = allFaults.map(({ name, says }) => ({ name, says, tookMs: 1 }))
const faults = Array.from({ length: 30 }, () => oneOfEach).flat()

function runOf(changes: Partial<ProofRun> = {}): ProofRun {
  return {
    seconds: 1_800,
    rounds: [{ round: 1, faults, violations: [], times }],
    payments: { acknowledged: 30_000, duringFaults: 20_000 },
    calls: { ok: 1, refused: 0, unknown: 0 },
    mapsCompared: 1,
    ownChecks: 30,
    impossible: [],
    ownEnds: [],
    violations: [],
    history: [],
    redisLostAtMs: [],
    quietAtMs: [],
    ...changes,
  }
}

function judge(
  run: ProofRun,
  options: {
    commit?: string
    parts?: OtherParts
    needsAllParts?: boolean
    unreadable?: string[]
  } = {},
): ProofReport {
  return makeReport(run, {
    commit,
    seed: 1,
    fans: 220,
    parts: allParts,
    needsAllParts: false,
    ...options,
  })
}

test('a whole run of one commit with all its parts is proven, and so is one whose parts were not asked for', () => {
  expect(faults.length).toBeGreaterThanOrEqual(1_000)
  expect(judge(runOf(), { needsAllParts: true }).shortcomings).toEqual([])
  expect(judge(runOf(), { parts: noOtherParts }).shortcomings).toEqual([])
})

test.for<[string, Parameters<typeof judge>[1], RegExp]>([
  ['files differed', { commit: `${commit}+` }, /not what was committed/],
  ['the commit changed', { commit: `${commit}, then ${'b'.repeat(40)}` }, /changed while it ran/],
  ['a part is missing', { parts: { ...allParts, recovery: null }, needsAllParts: true }, /recovery: not run/],
  [
    'a part is of another commit',
    { parts: { ...allParts, recovery: { ...part, commit: 'b', measuredAt: '', measurements: [] } } },
    /recovery: of another commit, b/,
  ],
  [
    'a part cannot be read',
    { parts: noOtherParts, unreadable: ['mutants.json cannot be read: it has no text commit'] },
    /mutants\.json cannot be read/,
  ],
  [
    'the simulation found something',
    { parts: { ...allParts, simulation: { ...part, violations: 2, operations: 1, runs: 1 } } },
    /simulation: 2 violations/,
  ],
  [
    'a mutant survived',
    { parts: { ...allParts, mutants: { ...part, total: 133, killed: 100 } } },
    /100 of 133 mutants killed/,
  ],
])('%s: not proven, and the report says why', ([, options, why]) => {
  const report = judge(runOf(), options)
  expect(isProven(report)).toBe(false)
  expect(report.shortcomings.join()).toMatch(why)
  expect(formatProof(report)).toContain(`**Not proven: ${report.shortcomings.join('; ')}.**`)
})

const broken = { oracle: 'one-owner-per-seat', fault: 'seat 7 has two' }
const few = [{ round: 1, faults: oneOfEach, violations: [], times }]
const all = [
  { round: 1, faults: faults.filter(({ name }) => name !== 'redis-flushed'), violations: [], times },
]

test.for<[string, Partial<ProofRun>, RegExp]>([
  ['a violation', { violations: [broken] }, /^1 violations$/],
  ['a crash', { ownEnds: [{ wasReady: true, says: 'it ended' }] }, /^1 crashes$/],
  ['fewer faults than promised', { rounds: few }, /faults, fewer than 1,000/],
  [
    'fewer payments than promised',
    { payments: { acknowledged: 30_000, duringFaults: 19_999 } },
    /19,999 pay/,
  ],
  ['a product that never looked at itself', { ownChecks: 0 }, /never checked itself/],
  ['a fault that was never tried', { rounds: all }, /never tried: redis-flushed/],
])('half an hour with %s is not proven', ([, changes, why]) => {
  const report = judge(runOf(changes))
  expect(isProven(report)).toBe(false)
  expect(report.shortcomings.join('\n')).toMatch(why)
})

test('a short run is not held to the size of a whole one, nor any run to what its machine cannot do', () => {
  expect(judge(runOf({ seconds: 120, rounds: few })).shortcomings).toEqual([])
  const without = runOf({ rounds: all, impossible: ['redis-flushed'] })
  expect(judge(without).shortcomings).toEqual([])
  expect(formatProof(judge(without))).toContain('Not possible on this machine: redis-flushed.')
})

test('the report names every part with its seed, and everything that was asked', () => {
  const text = formatProof(judge(runOf()))
  expect(text).toContain('100,000,000 in 7,000 runs, 0 violations, seeds from 1')
  for (const name of Object.keys(labOracles)) expect(text).toContain(`| ${name} |`)
})

test('the report counts the jobs that were met and those that were gone before, by fault', () => {
  const own = (name: string, met: number, missed: number) => ({
    name,
    says: '',
    tookMs: 1,
    jobs: { met, missed },
  })
  const some = [own('jobs-doubled', 1_000, 1), own('jobs-dropped', 7, 0), own('jobs-doubled', 500, 2)]
  const report = judge(runOf({ rounds: [{ round: 1, faults: [...faults, ...some], violations: [], times }] }))
  expect(report.jobs).toEqual({
    'jobs-doubled': { met: 1_500, missed: 3 },
    'jobs-dropped': { met: 7, missed: 0 },
  })
  expect(formatProof(report)).toContain('| jobs-doubled: met, and gone before | 1,500, 3 |')
})
