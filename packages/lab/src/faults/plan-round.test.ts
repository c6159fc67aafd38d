import { expect, test } from 'vitest'
import { createRandom } from '../seeded-random.ts'
import { allFaults } from './all-faults.ts'
import { planLongAbsence, planRound } from './plan-round.ts'
import { workersDead } from './workers-dead.ts'

const planOf = (seed: string): unknown =>
  planRound(allFaults, createRandom(seed)).map(({ fault, ...when }) => ({ ...when, name: fault.name }))

test('a seed plans the same faults at the same moments, another seed others', () => {
  expect(planOf('7/round-3')).toEqual(planOf('7/round-3'))
  expect(planOf('7/round-3')).not.toEqual(planOf('7/round-4'))
})

test('over many rounds every fault is drawn, alone and in company', () => {
  const plans = Array.from({ length: 400 }, (_, round) =>
    planRound(allFaults, createRandom(`1/round-${round}`)),
  )
  const drawn = new Set(plans.flatMap((plan) => plan.map(({ fault }) => fault.name)))
  expect([...drawn].sort()).toEqual(allFaults.map(({ name }) => name).sort())
  expect(plans.some((plan) => plan.length === 1)).toBe(true)
  expect(plans.some((plan) => plan.length > 10)).toBe(true)
})

test('in a long absence all workers are dead for minutes, and nothing in its company brings one back', () => {
  const [absence, ...company] = planLongAbsence(allFaults, createRandom('1/absence'))
  expect(absence).toMatchObject({ fault: workersDead, atMs: 0 })
  expect(absence?.lastsMs).toBeGreaterThanOrEqual(120_000)
  expect(company.length).toBeGreaterThan(20)
  expect(company.filter(({ fault }) => fault.startsProcesses)).toEqual([])
})

test('no two faults have one name', () => {
  expect(new Set(allFaults.map(({ name }) => name)).size).toBe(allFaults.length)
})
