import { expect, test } from 'vitest'
import { allMutants } from '../../packages/core/src/testing/mutants/all-mutants.ts'
import type { Mutant } from '../../packages/core/src/testing/mutants/mutant.ts'
import { judgeMutants } from './judge-mutants.ts'
import { runTests } from './run-tests.ts'

/** As many as fit half a minute; `pnpm mutants` takes all of them, some ten minutes. */
const sampleSize = 3

/** Another sample each day, until all have had their turn. */
function sampleOf(mutants: readonly Mutant[], day: number): Mutant[] {
  const start = (day * sampleSize) % mutants.length
  return [...mutants, ...mutants].slice(start, start + sampleSize)
}

test('every mutant is in the sample of some day', () => {
  const days = Array.from({ length: allMutants.length }, (_, day) => sampleOf(allMutants, day))
  expect(new Set(days.flat())).toEqual(new Set(allMutants))
})

test("the day's sample of guards: without each of them its named test fails", {
  timeout: 180_000,
}, async () => {
  const today = Math.floor(Date.now() / 86_400_000)
  const verdicts = await judgeMutants(sampleOf(allMutants, today))
  const alive = verdicts.filter(({ outcome }) => outcome !== 'killed')
  expect(alive.map(({ mutant, outcome, message }) => `${mutant.name} ${outcome} ${message}`)).toEqual([])
})

test('a mutant whose test does not notice it has survived, and one whose test is not there is unproven', {
  timeout: 120_000,
}, async () => {
  const [one] = allMutants.filter(({ name }) => name === 'client-gap')
  if (one === undefined) throw new Error('no such mutant')
  const blind = { ...one, test: { ...one.test, name: 'a seat of another show is not known and not changed' } }
  const untested = { ...one, test: { ...one.test, name: 'nothing of the kind' } }
  const verdicts = await judgeMutants([blind, untested])
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['survived', 'unproven'])
  expect(await runTests([untested.test])).toEqual([])
})
