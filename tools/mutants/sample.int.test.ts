import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { allMutants } from '../../packages/core/src/testing/mutants/all-mutants.ts'
import type { Mutant } from '../../packages/core/src/testing/mutants/mutant.ts'
import { judgeMutants } from './judge-mutants.ts'
import { runTests } from './run-tests.ts'

/** As many as fit half a minute; `pnpm mutants` takes all of them, some ten minutes. */
const sampleSize = 3

/** Another sample for each number of commits, until all have had their turn; a commit has the same one on any day. */
function sampleOf(mutants: readonly Mutant[], turn: number): Mutant[] {
  const start = (turn * sampleSize) % mutants.length
  return [...mutants, ...mutants].slice(start, start + sampleSize)
}

/** How many commits there are; 0 where there is no history, as in an archive of the files. */
function countCommits(): number {
  try {
    return Number(execFileSync('git', ['rev-list', '--count', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }))
  } catch (error) {
    if (error instanceof Error) return 0
    throw error
  }
}

const mutantNamed = (name: string): Mutant => {
  const found = allMutants.find((mutant) => mutant.name === name)
  if (found === undefined) throw new Error(`no such mutant: ${name}`)
  return found
}

test('every mutant is in the sample of some commit', () => {
  const turns = Array.from({ length: allMutants.length }, (_, turn) => sampleOf(allMutants, turn))
  expect(new Set(turns.flat())).toEqual(new Set(allMutants))
})

test("the commit's sample of guards: without each of them its named test fails", {
  timeout: 180_000,
}, async () => {
  const verdicts = await judgeMutants(sampleOf(allMutants, countCommits()))
  const alive = verdicts.filter(({ outcome }) => outcome !== 'killed')
  expect(alive.map(({ mutant, outcome, message }) => `${mutant.name} ${outcome} ${message}`)).toEqual([])
})

test('a mutant whose test does not notice it has survived; one whose test is not there, or died of something else, is unproven', {
  timeout: 120_000,
}, async () => {
  const one = mutantNamed('client-gap')
  const blind = { ...one, test: { ...one.test, name: 'a seat of another show is not known and not changed' } }
  const untested = { ...one, test: { ...one.test, name: 'nothing of the kind' } }
  const foretold = { ...one, fails: 'something else' }
  const verdicts = await judgeMutants([blind, untested, foretold])
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['survived', 'unproven', 'unproven'])
  expect(await runTests([untested.test])).toEqual([])
})
